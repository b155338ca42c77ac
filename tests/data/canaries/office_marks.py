"""Hides words in every place that office files have for them and that readers do not see."""

from __future__ import annotations

import re

from marks import Archive, mark
from office_texts import picture

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
RELATIONS = f"{OFFICE}/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CORE = f"""<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:creator>{mark("creator")}</dc:creator><dc:title>{mark("title")}</dc:title><dc:subject>{mark("subject")}</dc:subject>
<dc:description>{mark("description")}</dc:description><cp:keywords>{mark("keywords")}</cp:keywords>
<cp:lastModifiedBy>{mark("last-modified-by")}</cp:lastModifiedBy><cp:category>{mark("category")}</cp:category>
</cp:coreProperties>"""
APP = f"""<Properties xmlns="{OFFICE}/extended-properties"><Company>{mark("company")}</Company><Manager>{mark("manager")}</Manager>
<Template>C:\\Users\\{mark("template")}.dotx</Template><HyperlinkBase>{mark("hyperlink-base")}</HyperlinkBase></Properties>"""
CUSTOM = f"""<Properties xmlns="{OFFICE}/custom-properties" xmlns:v="{OFFICE}/docPropsVTypes"><property pid="2"
fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" name="{mark("custom-name")}"><v:lpwstr>{mark("custom")}</v:lpwstr></property></Properties>"""
ODD_PARTS = {
    "docMetadata/LabelInfo.xml": f'<l xmlns="http://schemas.microsoft.com/office/2020/mipLabelMetadata" siteId="{mark("tenant")}"/>',
    "customXml/item1.xml": f"<any>{mark('custom-xml')}</any>",
    "customXml/itemProps1.xml": f"<any>{mark('custom-xml-props')}</any>",
    "unknown/part.xml": f"<any>{mark('unknown-part')}</any>",
    "unknown/part.bin": mark("unknown-binary"),
    "_xmlsignatures/sig1.xml": f"<Signature>{mark('signature')}</Signature>",
}


def mark_package(archive: Archive, folder: str) -> None:
    """What all three families have in common."""
    archive.put("docProps/core.xml", CORE)
    archive.put("docProps/app.xml", APP)
    archive.put("docProps/custom.xml", CUSTOM)
    archive.put("docProps/thumbnail.jpeg", picture())
    for name, content in ODD_PARTS.items():
        archive.put(name, content)
    archive.put(f"{folder}/vbaProject.bin", mark("macros"))
    archive.put(f"{folder}/embeddings/oleObject1.bin", mark("embedded"))
    archive.put(f"{folder}/printerSettings/printerSettings1.bin", mark("printer").encode("utf-16-le"))
    relation = (
        f'<Relationship Id="rIdX" Type="{RELATIONS}/custom-properties" Target="docProps/custom.xml"/></Relationships>'
    )
    archive.change("_rels/.rels", "</Relationships>", relation)
    if archive.has(rf"{folder}/media/.*"):
        first = archive.first(rf"{folder}/media/.*")
        archive.rename(first, f"{folder}/media/{mark('media-name')}.{first.rpartition('.')[2]}")
    theme = archive.first(rf"{folder}/theme/theme1?\.xml") if archive.has(rf"{folder}/theme/theme1?\.xml") else ""
    if theme:
        archive.change(theme, r'<a:theme ([^>]*)name="[^"]*"', rf'<a:theme \1name="{mark("theme-name")}"')


def _link(archive: Archive, part: str, *relations: tuple[str, str, str, str]) -> None:
    """Relations of a part: identifier, kind, target, mode."""
    folder, _slash, base = part.rpartition("/")
    name = f"{folder}/_rels/{base}.rels"
    if name not in archive.parts:
        archive.put(name, f'<Relationships xmlns="{PACKAGE}/relationships"></Relationships>')
    lines = "".join(
        f'<Relationship Id="{identifier}" Type="{RELATIONS}/{kind}" Target="{target}"{mode and f""" TargetMode="{mode}" """}/>'
        for identifier, kind, target, mode in relations
    )
    archive.change(
        name,
        "</Relationships>|<Relationships([^>]*)/>",
        lambda match: (
            f"<Relationships{match[1]}>{lines}</Relationships>" if match[1] is not None else f"{lines}</Relationships>"
        ),
    )


WORD_TEXT = f"""<!-- {mark("xml-comment")} --><?any {mark("instruction")}?>
<w:p w:rsidR="00AB12CD"><w:bookmarkStart w:id="900" w:name="{mark("bookmark")}"/><w:bookmarkEnd w:id="900"/>
<w:ins w:id="901" w:author="{mark("insert-author")}" w:date="2026-01-01T00:00:00Z"><w:r><w:t>Added</w:t></w:r></w:ins>
<w:del w:id="902" w:author="{mark("delete-author")}" w:date="2026-01-01T00:00:00Z"><w:r><w:delText>{mark("deleted")}</w:delText></w:r></w:del>
<w:moveFrom w:id="903" w:author="{mark("move-author")}"><w:r><w:t>{mark("moved")}</w:t></w:r></w:moveFrom>
<w:r><w:rPr><w:vanish/></w:rPr><w:t>{mark("hidden-text")}</w:t></w:r>
<w:commentRangeStart w:id="1"/><w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>
<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{mark("form-field")}"/><w:helpText w:val="{mark("form-help")}"/></w:ffData></w:fldChar></w:r>
<w:r><w:instrText> INCLUDEPICTURE "C:\\\\Users\\\\{mark("field-path")}.png" </w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>shown</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>
<w:fldSimple w:instr=" AUTHOR "><w:r><w:t>{mark("author-field")}</w:t></w:r></w:fldSimple>
<w:fldSimple w:instr=" FILENAME \\p "><w:r><w:t>C:\\Users\\{mark("filename-field")}</w:t></w:r></w:fldSimple>
<w:sdt><w:sdtPr><w:alias w:val="{mark("control-alias")}"/><w:tag w:val="{mark("control-tag")}"/></w:sdtPr>
<w:sdtContent><w:r><w:t>Chosen</w:t></w:r></w:sdtContent></w:sdt>
<w:hyperlink r:id="rIdLink" w:tooltip="{mark("tooltip")}"><w:r><w:t>A link</w:t></w:r></w:hyperlink>
<w:permStart w:id="9" w:ed="{mark("permission")}"/><w:permEnd w:id="9"/>
<w:r><w:rPr><w:rFonts w:ascii="{mark("font")}"/></w:rPr><w:t>In a font</w:t></w:r>
<w:smartTag w:uri="urn:x" w:element="{mark("smart-tag")}"><w:r><w:t>Smart</w:t></w:r></w:smartTag>
<x:any xmlns:x="urn:{mark("namespace")}" x:attribute="{mark("foreign-attribute")}">{mark("foreign-element")}</x:any></w:p>"""
SETTINGS = f"""<w:settings xmlns:w="{W}" xmlns:r="{RELATIONS}"><w:attachedTemplate r:id="rIdT"/>
<w:rsids><w:rsidRoot w:val="00AB12CD"/></w:rsids><w:docVars><w:docVar w:name="{mark("variable-name")}" w:val="{mark("variable")}"/></w:docVars>
</w:settings>"""


def mark_docx(content: bytes) -> bytes:
    archive = Archive(content)
    mark_package(archive, "word")
    document = "word/document.xml"
    archive.change(document, r"<w:body>", lambda _match: f"<w:body>{WORD_TEXT}")
    if f'xmlns:r="{RELATIONS}"' not in archive.parts[document].decode():
        archive.change(document, r"<w:document ", f'<w:document xmlns:r="{RELATIONS}" ')
    text = archive.parts[document].decode()
    if "<wp:docPr" in text:
        archive.change(
            document,
            r"<wp:docPr [^>]*?/?>",
            f'<wp:docPr id="77" name="C:\\\\Users\\\\{mark("picture-name")}" descr="{mark("picture-descr")}" title="{mark("picture-title")}"/>',
        )
    _link(
        archive,
        document,
        ("rIdLink", "hyperlink", f"https://d.docs.live.net/{mark('link')}", "External"),
        ("rIdC", "comments", "comments.xml", ""),
        ("rIdP", "people", "people.xml", ""),
    )
    archive.put(
        "word/comments.xml",
        f"""<w:comments xmlns:w="{W}"><w:comment w:id="1" w:author="{mark("comment-author")}" w:initials="{mark("initials")}">
      <w:p><w:r><w:t>{mark("comment")}</w:t></w:r></w:p></w:comment></w:comments>""",
    )
    archive.put("word/people.xml", f'<w:people xmlns:w="{W}"><w:person w:author="{mark("person")}"/></w:people>')
    archive.put("word/settings.xml", SETTINGS)
    _link(
        archive,
        "word/settings.xml",
        ("rIdT", "attachedTemplate", f"file:///C:/Users/{mark('attached-template')}.dotx", "External"),
    )
    archive.put(
        "word/glossary/document.xml", f'<w:glossaryDocument xmlns:w="{W}">{mark("glossary")}</w:glossaryDocument>'
    )
    archive.put(
        "word/webSettings.xml", f'<w:webSettings xmlns:w="{W}"><w:divs>{mark("web-settings")}</w:divs></w:webSettings>'
    )
    style = f"""<w:style w:type="character" w:customStyle="1" w:styleId="{mark("style-id")}"><w:name w:val="{mark("style-name")}"/>
      <w:aliases w:val="{mark("style-alias")}"/></w:style></w:styles>"""
    archive.change("word/styles.xml", "</w:styles>", style)
    return archive.packed()


def mark_xlsx(content: bytes) -> bytes:
    archive = Archive(content)
    mark_package(archive, "xl")
    s = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    book = "xl/workbook.xml"
    archive.change(
        book,
        r"<sheets>",
        f"""<fileSharing userName="{mark("file-sharing")}"/><!-- {mark("xml-comment")} --><sheets>
      <sheet name="{mark("hidden-sheet-name")}" sheetId="90" state="hidden" r:id="rIdHidden"/>""",
    )
    if "xmlns:r=" not in re.findall(r"<workbook[^>]*>", archive.parts[book].decode())[0]:
        archive.change(book, r"<workbook ", f'<workbook xmlns:r="{RELATIONS}" ')
    archive.change(
        book,
        r"</sheets>",
        f"""</sheets><definedNames><definedName name="{mark("defined-name")}"
      comment="{mark("name-comment")}">'{mark("name-sheet")}'!$A$1</definedName></definedNames>""",
    )
    archive.parts[book] = re.sub(rb"</definedNames>\s*<definedNames/?>", b"</definedNames>", archive.parts[book])
    _link(
        archive,
        book,
        ("rIdHidden", "worksheet", "worksheets/sheet90.xml", ""),
        ("rIdE", "externalLink", "externalLinks/externalLink1.xml", ""),
        ("rIdCn", "connections", "connections.xml", ""),
        ("rIdPi", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml", ""),
    )
    archive.put(
        "xl/worksheets/sheet90.xml",
        f"""<worksheet xmlns="{s}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is>
      <t>{mark("hidden-sheet")}</t></is></c></row></sheetData></worksheet>""",
    )
    archive.put(
        "xl/externalLinks/externalLink1.xml", f'<externalLink xmlns="{s}">{mark("external-link")}</externalLink>'
    )
    archive.put(
        "xl/connections.xml", f'<connections xmlns="{s}"><connection name="{mark("connection")}"/></connections>'
    )
    archive.put(
        "xl/pivotCache/pivotCacheDefinition1.xml",
        f'<pivotCacheDefinition xmlns="{s}" refreshedBy="{mark("refreshed-by")}"/>',
    )
    archive.put("xl/persons/person.xml", f"<p>{mark('person')}</p>")
    sheet = archive.first(r"xl/worksheets/sheet1\.xml")
    _mark_sheet(archive, sheet, s)
    if archive.has(r"xl/drawings/drawing1\.xml"):
        archive.change(
            "xl/drawings/drawing1.xml",
            r"<(xdr:)?cNvPr [^>]*?/?>",
            lambda match: (
                f'<{match[1] or ""}cNvPr id="2" name="{mark("drawing-name")}" descr="C:\\Users\\{mark("drawing-descr")}" title="{mark("drawing-title")}"/>'
                if match[0].endswith("/>")
                else match[0]
            ),
        )
    return archive.packed()


def _mark_sheet(archive: Archive, sheet: str, s: str) -> None:
    hidden = f"""<row r="900" hidden="1"><c r="A900" t="inlineStr"><is><t>{mark("hidden-row")}</t></is></c></row>
      <row r="901"><c r="ZZ901" t="inlineStr"><is><t>{mark("hidden-column")}</t></is></c>
      <c r="B902"><f>'C:\\Users\\[{mark("formula")}.xlsx]A'!A1</f><v>7</v></c></row></sheetData>
      <sheetProtection algorithmName="{mark("protection")}"/>"""
    after = f"""<dataValidations count="1"><dataValidation type="list" sqref="A1" promptTitle="{mark("validation-title")}"
      prompt="{mark("validation")}"><formula1>"{mark("validation-list")}"</formula1></dataValidation></dataValidations>
      <hyperlinks><hyperlink ref="A2" r:id="rIdLink" tooltip="{mark("tooltip")}" display="{mark("display")}"/></hyperlinks>"""
    columns = '<col min="702" max="702" width="9" hidden="1"/>'
    if "<cols>" in archive.parts[sheet].decode():
        archive.change(sheet, "</cols>", f"{columns}</cols>")
    else:
        archive.change(sheet, "<sheetData>", f"<cols>{columns}</cols><sheetData>")
    archive.change(sheet, "</sheetData>", lambda _match: hidden + after)
    if "xmlns:r=" not in re.findall(r"<worksheet[^>]*>", archive.parts[sheet].decode())[0]:
        archive.change(sheet, "<worksheet ", f'<worksheet xmlns:r="{RELATIONS}" ')
    _link(
        archive,
        sheet,
        ("rIdLink", "hyperlink", f"https://{mark('link')}.example/", "External"),
        ("rIdCm", "comments", "../comments9.xml", ""),
    )
    archive.put(
        "xl/comments9.xml",
        f"""<comments xmlns="{s}"><authors><author>{mark("comment-author")}</author></authors>
      <commentList><comment ref="A1" authorId="0"><text><t>{mark("comment")}</t></text></comment></commentList></comments>""",
    )
    if archive.has(r"xl/sharedStrings\.xml"):
        archive.change("xl/sharedStrings.xml", "</sst>", f"<si><t>{mark('unused-text')}</t></si></sst>")
    archive.change("xl/styles.xml", "</styleSheet>", f'<extLst><ext uri="{mark("style-ext")}"/></extLst></styleSheet>')


def mark_pptx(content: bytes) -> bytes:
    archive = Archive(content)
    mark_package(archive, "ppt")
    p = "http://schemas.openxmlformats.org/presentationml/2006/main"
    slide = "ppt/slides/slide1.xml"
    names = f'name="C:\\\\Users\\\\{mark("shape-name")}" descr="{mark("shape-descr")}" title="{mark("shape-title")}"'
    archive.change(
        slide, r'(<p:sp>.*?<p:cNvPr id="\d+") name="[^"]*"', lambda match: f"{match[1]} {names}".replace("\\\\", "\\")
    )
    hidden = f"""<p:sp><p:nvSpPr><p:cNvPr id="800" name="h" hidden="1"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>
      <a:p><a:r><a:t>{mark("hidden-shape")}</a:t></a:r></a:p></p:txBody></p:sp></p:spTree>"""
    archive.change(slide, "</p:spTree>", hidden)
    archive.change(
        slide,
        "</p:cSld>",
        f"""<p:custDataLst><p:tags r:id="rIdTags"/></p:custDataLst></p:cSld><!-- {mark("xml-comment")} -->""",
    )
    if "xmlns:r=" not in archive.parts[slide].decode():
        archive.change(slide, "<p:sld ", f'<p:sld xmlns:r="{RELATIONS}" ')
    archive.change(slide, "<p:cSld>|<p:cSld [^>]*>", f'<p:cSld name="{mark("slide-name")}">')
    archive.change(
        slide,
        r"<a:rPr([^>]*)/>|<a:r>(?!<a:rPr)",
        lambda match: (
            f'<a:r><a:rPr><a:hlinkClick r:id="rIdLink" tooltip="{mark("tooltip")}"/></a:rPr>'
            if match[0] == "<a:r>"
            else f'<a:rPr{match[1]}><a:hlinkClick r:id="rIdLink" tooltip="{mark("tooltip")}"/></a:rPr>'
        ),
    )
    _link(
        archive,
        slide,
        ("rIdTags", "tags", "../tags/tag1.xml", ""),
        ("rIdNotes", "notesSlide", "../notesSlides/notesSlide9.xml", ""),
        ("rIdCm", "comments", "../comments/comment1.xml", ""),
        ("rIdLink", "hyperlink", f"https://{mark('link')}.example/", "External"),
    )
    archive.put(
        "ppt/tags/tag1.xml",
        f'<p:tagLst xmlns:p="{p}"><p:tag name="{mark("tag-name")}" val="{mark("tag")}"/></p:tagLst>',
    )
    archive.put("ppt/notesSlides/notesSlide9.xml", f'<p:notes xmlns:p="{p}">{mark("notes")}</p:notes>')
    archive.put(
        "ppt/comments/comment1.xml", f'<p:cmLst xmlns:p="{p}"><p:cm><p:text>{mark("comment")}</p:text></p:cm></p:cmLst>'
    )
    archive.put(
        "ppt/commentAuthors.xml",
        f'<p:cmAuthorLst xmlns:p="{p}"><p:cmAuthor name="{mark("comment-author")}" initials="{mark("initials")}"/></p:cmAuthorLst>',
    )
    archive.put("ppt/viewProps.xml", f'<p:viewPr xmlns:p="{p}">{mark("view")}</p:viewPr>')
    layout = archive.first(r"ppt/slideLayouts/slideLayout\d+\.xml")
    archive.change(layout, r"<p:cSld( name=\"[^\"]*\")?>", f'<p:cSld name="{mark("layout-name")}">')
    section = f"""<p:extLst><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}"><s:sectionLst xmlns:s="urn:s">
      <s:section name="{mark("section-name")}"/></s:sectionLst></p:ext></p:extLst></p:presentation>"""
    archive.change("ppt/presentation.xml", r"(<p:extLst>.*</p:extLst>)?</p:presentation>", section)
    return archive.packed()


OPEN_TEXT = f"""<!-- {mark("xml-comment")} --><text:p><text:bookmark text:name="{mark("bookmark")}"/>
<text:author-name>{mark("author-field")}</text:author-name><text:file-name>/home/{mark("filename-field")}</text:file-name>
<text:user-defined text:name="{mark("user-field-name")}">{mark("user-field")}</text:user-defined>
<text:database-display text:database-name="{mark("database")}" text:table-name="t" text:column-name="c">{mark("database-field")}</text:database-display>
<office:annotation office:name="{mark("annotation-name")}"><dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">{mark("comment-author")}</dc:creator>
<text:p>{mark("comment")}</text:p></office:annotation><text:hidden-text text:condition="x" text:string-value="{mark("hidden-text")}">{mark("hidden-shown")}</text:hidden-text>
<text:a xlink:href="file:///home/{mark("link")}" office:name="{mark("link-name")}" xmlns:xlink="http://www.w3.org/1999/xlink">A link</text:a>
<text:span text:style-name="Hiding">{mark("hidden-style")}</text:span><text:reference-mark text:name="{mark("reference")}"/></text:p>
<text:section text:name="{mark("section-name")}" text:display="none"><text:p>{mark("hidden-section")}</text:p></text:section>"""
CHANGES = f"""<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>
<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">{mark("delete-author")}</dc:creator></office:change-info><text:p>{mark("deleted")}</text:p>
</text:deletion></text:changed-region></text:tracked-changes>"""
OPEN_META = f"""<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"><office:meta><dc:creator>{mark("creator")}</dc:creator><dc:title>{mark("title")}</dc:title>
<meta:initial-creator>{mark("initial-creator")}</meta:initial-creator><dc:description>{mark("description")}</dc:description><meta:keyword>{mark("keywords")}</meta:keyword>
<meta:generator>{mark("generator")}</meta:generator><meta:user-defined meta:name="{mark("user-defined-name")}">{mark("user-defined")}</meta:user-defined>
</office:meta></office:document-meta>"""
OPEN_PARTS = {
    "settings.xml": f"<office:document-settings xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'>{mark('printer')}</office:document-settings>",
    "manifest.rdf": f"<rdf>{mark('rdf')}</rdf>",
    "Basic/Standard/Module1.xml": f"<module>{mark('macros')}</module>",
    "Configurations2/toolbar.xml": f"<x>{mark('configuration')}</x>",
    "layout-cache": mark("layout-cache"),
    "unknown.xml": f"<x>{mark('unknown-part')}</x>",
    "Object 1/content.xml": f"<x>{mark('object')}</x>",
}


def mark_open(content: bytes) -> bytes:
    """OpenDocument: text, sheets and slides."""
    archive = Archive(content)
    archive.put("meta.xml", OPEN_META)
    for name, part in OPEN_PARTS.items():
        archive.put(name, part)
    archive.put("Thumbnails/thumbnail.jpg", picture())
    body = archive.parts["content.xml"].decode()
    kind = re.search(r"<office:(text|spreadsheet|presentation)\b[^>]*>", body)
    if kind and kind[1] == "text":
        archive.change("content.xml", r"<office:text\b[^>]*>", lambda match: match[0] + CHANGES + OPEN_TEXT)
    elif kind and kind[1] == "spreadsheet":
        row = f"""<table:table-row table:visibility="collapse"><table:table-cell office:value-type="string" office:string-value="{mark("string-value")}">
          <text:p>{mark("hidden-row")}</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><office:annotation>
          <dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">{mark("comment-author")}</dc:creator>{OPEN_TEXT.split("<text:section")[0]}</office:annotation></table:table-cell></table:table-row></table:table>"""
        archive.change("content.xml", "</table:table>", row)
    else:
        page = f"""<presentation:notes><draw:page-thumbnail/><draw:frame><draw:text-box>{OPEN_TEXT.split("<text:section")[0]}</draw:text-box></draw:frame></presentation:notes></draw:page>"""
        archive.change("content.xml", "</draw:page>", page)
    automatic = f"""<style:style style:name="Hiding" style:display-name="{mark("style-display-name")}" style:family="text">
      <style:text-properties text:display="none"/></style:style>
      <style:style style:name="{mark("style-name")}" style:family="paragraph"/></office:automatic-styles>"""
    if "<office:automatic-styles/>" in body:
        archive.change("content.xml", "<office:automatic-styles/>", f"<office:automatic-styles>{automatic}")
    else:
        archive.change("content.xml", "</office:automatic-styles>", automatic)
    for prefix, full in {
        "style": "style",
        "text": "text",
        "draw": "drawing",
        "table": "table",
        "presentation": "presentation",
        "office": "office",
    }.items():
        space = f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
        if space not in archive.parts["content.xml"].decode():
            archive.change("content.xml", "<office:document-content ", f"<office:document-content {space} ")
    archive.parts["content.xml"] = (
        archive.parts["content.xml"].replace(
            b"<draw:frame ", f'<draw:frame draw:name="{mark("frame-name")}" '.encode(), 1
        )
        if b"<draw:frame draw:name" not in archive.parts["content.xml"]
        else archive.parts["content.xml"]
    )
    return archive.packed()
