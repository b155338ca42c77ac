"""Every action checks who may: no public function with an actor forgets it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
APPS = ("victor", "partners", "desks", "trainings", "campaigns")
MODULES = {
    "actions.py",
    "approvals.py",
    "assignments.py",
    "child_record.py",
    "closures.py",
    "merges.py",
    "decisions.py",
    "deliveries.py",
    "group_actions.py",
    "agenda.py",
    "guardians.py",
    "invitations.py",
    "holds.py",
    "letters.py",
    "notes.py",
    "papers.py",
    "readings.py",
    "restrictions.py",
    "bundled_texts.py",
    "conversation.py",
    "deletion_requests.py",
    "duty_numbers.py",
    "erasure.py",
    "planning.py",
    "provision.py",
    "reviews.py",
    "swaps.py",
    "recovery.py",
    "rotation.py",
}
CHECKS = {"victor.access.require", "victor.access.is_permitted"}
# Functions that check in another way, with the reason: a whole module, or one function.
BY_KEYS = "the keys decide: nothing is opened, sealed or handed over without the right private key"
BY_CALLER = "the caller checks: the kernel does not know to whom the object belongs"
EXCEPTIONS = {
    "partners/minutes/group_actions.py hand_to_chair": "the consequence of leaving a group, whose action has checked",
    "victor/vault/groups/actions.py": BY_KEYS,
    "victor/vault/groups/recovery.py": BY_KEYS,
    "victor/vault/groups/rotation.py": BY_KEYS,
    "victor/vault/passphrases/actions.py restore_old_passphrase": BY_KEYS,
    "victor/vault/records/actions.py": BY_KEYS,
    "victor/accounts/actions.py": BY_CALLER,
    "desks/cases/assignments.py release_case": "the consequence of a role that ends, whose action has checked",
    "desks/cases/merges.py complete_merge": "the end of a request, whose action has checked",
    "desks/desk/actions.py revoke_access": "the consequence of a role that ends, whose action has checked",
    "desks/duty/actions.py end_alert_alarm": "the consequence of a move of the alert, whose action has checked",
    "desks/duty/actions.py end_referral_alarm": "the consequence of a move of the referral, whose action has checked",
    "desks/duty/planning.py vacate_duties": "the consequence of a role that ends, whose action has checked",
    "partners/deliverables/actions.py release_person": "the consequence of a role that ends, whose action has checked",
    "partners/groups/actions.py leave_groups": "the consequence of a role that ends, whose action has checked",
    "partners/values/closures.py release_owner": "the consequence of a role that ends, whose action has checked",
    "desks/retention/actions.py destroy_report": "the end of a deletion, whose action has checked",
    "desks/imports/actions.py erase_import": "the end of a file, whose action has checked",
    "victor/audit/actions.py record": "it writes down what an action has done, which has checked",
    "victor/audit/actions.py record_hourly": "as `record`",
    "victor/vault/passkeys/actions.py remove_passkey": "only one of one's own: what is not visible is not found",
}
# It asks for no permission yet: only the signed link of a registration leads to it.
PENDING = {"trainings/registrations/actions.py accept_offer"}


@cache
def checking_functions() -> frozenset[str]:
    """The dotted names of functions that check, or call one that does: in whatever module it is."""
    calls: dict[str, set[str]] = {}
    for path in sorted(path for app in APPS for path in (ROOT / app).rglob("*.py")):
        calls |= _calls_in(path)
    checking = set(CHECKS)
    while more := {name for name, called in calls.items() if called & checking} - checking:
        checking |= more
    return frozenset(checking)


def _calls_in(path: Path) -> dict[str, set[str]]:
    """What each function of a module calls, by dotted names: its own functions, and what it imports."""
    tree, module = ast.parse(path.read_text()), _dotted(path)
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    names = {node.name: f"{module}.{node.name}" for node in functions}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return {f"{module}.{node.name}": _names_called(node, names) for node in functions}


def _names_called(node: ast.FunctionDef, names: dict[str, str]) -> set[str]:
    called = set()
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            called.add(names.get(call.func.id, ""))
        elif (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and isinstance(call.func.value, ast.Name)
        ):
            called.add(f"{names.get(call.func.value.id, '')}.{call.func.attr}")
    return called


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def unchecked(path: Path) -> Iterator[str]:
    """The public functions of a module with a parameter `by` that do not check who it is."""
    for node in ast.parse(path.read_text()).body:
        is_action = isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and _has_actor(node)
        if is_action and f"{_dotted(path)}.{node.name}" not in checking_functions():
            yield node.name


def _has_actor(node: ast.FunctionDef) -> bool:
    """Whether anybody but the site itself can be the actor."""
    arguments = [*node.args.args, *node.args.kwonlyargs]
    return any(
        argument.arg == "by" and (argument.annotation is None or ast.unparse(argument.annotation) != "System")
        for argument in arguments
    )


def test_every_action_checks_who_may():
    forgotten = []
    for path in sorted(path for app in APPS for path in (ROOT / app).rglob("*.py") if path.name in MODULES):
        module = str(path.relative_to(ROOT))
        names = [f"{module} {name}" for name in unchecked(path)]
        forgotten += [name for name in names if not {module, name} & (EXCEPTIONS.keys() | PENDING)]
    assert forgotten == [], "call require(by, permission, obj), or write down here why not"


def test_no_exception_is_written_down_for_what_checks():
    names = {f"{module} {name}" for module in _modules_of_exceptions() for name in unchecked(ROOT / module)}
    needed = names | {name.partition(" ")[0] for name in names}
    assert EXCEPTIONS.keys() - needed == set()


def _modules_of_exceptions() -> set[str]:
    return {exception.partition(" ")[0] for exception in EXCEPTIONS}
