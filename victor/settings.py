"""The one settings module: everything that differs between machines comes from the environment.

`docs/configuration.md` explains each variable. In production (`DEMO` not set) the start is refused without its
secrets, with `DEBUG`, with a wildcard host and, by `victor.accounts.checks`, with demo accounts.
"""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from victor import serbian
from victor.env import Environment, Misconfigured
from victor.logs import configure
from victor.slices import modules_named

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment(os.environ)

# --- What kind of installation this is
DEMO = env.flag("DEMO", default=False)
DEBUG = env.flag("DEBUG", default=False)
SITE_URL = env.address("SITE_URL")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", default="localhost,127.0.0.1" if DEMO else "") or [""]
HTTPS = SITE_URL.startswith("https://")
if not DEMO:
    if DEBUG:
        raise Misconfigured("DEBUG", "is on; expected off in production")
    if ALLOWED_HOSTS == [""] or any("*" in host or host.startswith(".") for host in ALLOWED_HOSTS):
        raise Misconfigured("ALLOWED_HOSTS", "expected the exact host names of the site, without wildcards")
    if not HTTPS:
        raise Misconfigured("SITE_URL", "expected an address that begins with https:// in production")

# --- Secrets
SECRET_KEY = env.secret("SECRET_KEY", least=50)
FIELD_KEYS = env.words("FIELD_KEYS", expected="expected Fernet keys, newest first, separated by commas")
AUDIT_KEY = env.secret("AUDIT_KEY")
RECEIPT_KEY = env.secret("RECEIPT_KEY")
DUPLICATES_KEY = env.secret("DUPLICATES_KEY")
FACTS_KEY = env.secret("FACTS_KEY")
AUDIT_SYSLOG = env.text("AUDIT_SYSLOG", default="")
AUDIT_ANCHOR_EMAIL = env.text("AUDIT_ANCHOR_EMAIL", default="")

# --- Servers
DATABASES = {"default": env.database("DATABASE_URL") | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
CACHES = {"default": env.cache("CACHE_URL")}
DELIVERY = env.mail("EMAIL_URL")
DEFAULT_FROM_EMAIL = env.text(
    "DEFAULT_FROM_EMAIL", **({"default": "VICTOR <victor@demo.victor.example>"} if DEMO else {})
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Everything Django sends becomes a row of the outbox; only victor.mail.tasks speaks to the mail server.
EMAIL_BACKEND = "victor.mail.backend.OutboxBackend"
EMAIL_TIMEOUT = 20

CELERY_BROKER_URL = env.broker("BROKER_URL")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False  # a row waits for the sweep, so that no visitor waits for a broker that is down
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "max_retries": 0,  # whoever publishes does not wait for a broker that is down; the worker reconnects all the same
    "socket_timeout": 2,
    "socket_connect_timeout": 1,
    "socket_keepalive": True,
}
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- What it is made of
INSTALLED_APPS = [
    "modeltranslation",  # before the admin, whose forms it changes
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "victor.accounts",
    "victor.audit",
    "victor.todo",
    "victor.mail",
    "victor.analytics",
    "victor.pictures",
    "victor.publishing",
    "victor.indicators",
    "victor.vault",
    "partners",
    "desks",
    "trainings",
    "campaigns",
    "victor.workspace",
    "victor.reporting",
    "victor.pages",
    "victor.accounts.apps.CoordinationConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_prose_editor",
    "import_export",
    "pgtrigger",
    "rules.apps.AutodiscoverRulesConfig",
]

MIDDLEWARE = [
    "victor.logs.RequestLogMiddleware",
    "victor.isolation.OwnSiteMiddleware",
    "victor.pages.middleware.OddCookiesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "victor.pages.middleware.BrowserLanguagesMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "victor.pages.middleware.OddBytesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "victor.accounts.middleware.SessionEndMiddleware",
    "victor.accounts.middleware.RequireLoginMiddleware",
    "victor.pages.middleware.BodyMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "victor.accounts.middleware.RefusalLogMiddleware",
    "victor.accounts.middleware.NoStoreMiddleware",
    "victor.accounts.middleware.RequireSecondFactorMiddleware",
    "victor.vault.passphrases.middleware.VaultMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "victor.publishing.middleware.MovedPagesMiddleware",
    "victor.pages.middleware.BrokenKeyMiddleware",
    "victor.pages.middleware.CallAgainMiddleware",
    "victor.publishing.middleware.FilePartsMiddleware",
    "victor.publishing.middleware.UnchangedFeedsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "victor.pages.context.layout_context",
                "victor.workspace.context.workspace_context",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "victor.templatetags.victor",
                "victor.templatetags.form_errors",
                "victor.templatetags.charts",
                "victor.templatetags.patterns",
            ],
        },
    }
]

ROOT_URLCONF = "victor.urls"
WSGI_APPLICATION = "victor.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/Athens"

# --- Languages. Each is a column in the database: a language joins by a migration and never leaves.
CONTENT_LANGUAGES = [
    ("en", "English"),
    ("el", "Ελληνικά"),
    ("bg", "Български"),
    ("ro", "Română"),
    ("sl", "Slovenščina"),
    ("sr", serbian.OWN_NAME),
    ("hu", "Magyar"),
    ("uk", "Українська"),
]
SERBIAN_SCRIPTS = [("sr", "Српски (ћирилица)"), ("sr-latn", "Srpski (latinica)")]
# What people read. Serbian in Latin letters has no columns: it is made of Serbian in Cyrillic ones.
LANGUAGES = [
    script for code, name in CONTENT_LANGUAGES for script in (SERBIAN_SCRIPTS if code == "sr" else [(code, name)])
]
LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = "victor.formats"
LOCALE_PATHS = [BASE_DIR / "locale"]
MODELTRANSLATION_LANGUAGES = ("en", "el", "bg", "ro", "sl", "sr", "hu", "uk")
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": MODELTRANSLATION_LANGUAGES}
MODELTRANSLATION_TRANSLATION_FILES = modules_named("translation")
JQUERY_UI_URL = "victor/vendor/jquery-ui.js"  # its default is a third party's server

# --- Files
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "victor" / "static"]
STATIC_ROOT = Path(env.text("STATIC_ROOT", default=str(BASE_DIR / "var" / "static")))
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media")))
FILES_ROOT = Path(env.text("FILES_ROOT", default=str(BASE_DIR / "var" / "files")))
# What the portal writes for itself and nobody else may write: the clock's schedule, the anchors of the audit log
STATE_ROOT = Path(env.text("STATE_ROOT", default=str(BASE_DIR / "var" / "state")))
CELERY_BEAT_SCHEDULE_FILENAME = str(STATE_ROOT / "beat")
CELERY_BEAT_SCHEDULER = "victor.celery:GuardedScheduler"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "materials": {  # asked of the portal, never of the proxy: what may be seen depends on the day
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(FILES_ROOT)},
    },
    "pictures": {  # asked of the portal too; what is made twice is written over
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(FILES_ROOT / "pictures"), "allow_overwrite": True},
    },
    "evidence": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(FILES_ROOT / "evidence")},
    },
    "agreements": {  # signed papers, for parties and coordinators
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(FILES_ROOT / "agreements")},
    },
    "grants": {  # evidence and deliverables: signed lists among them
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(FILES_ROOT / "grants")},
    },
    "seminars": {  # what only participants may have lies beside what everybody may
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(FILES_ROOT / "seminars")},
    },
    "certificates": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(FILES_ROOT / "certificates")},
    },
    "vault": {  # encrypted before it is written
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": env.text("VAULT_ROOT", default=str(BASE_DIR / "var" / "vault")),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Bodies of requests. A report's files are 50 MB together at most; a film of a campaign is 200 MB
BODY_MB = env.number("BODY_MB", default=55, least=1)
STAFF_BODY_MB = env.number("STAFF_BODY_MB", default=210, least=1)
BODY_MEMORY_MB = env.number("BODY_MEMORY_MB", default=512, least=64)
BODY_SECONDS = env.number("BODY_SECONDS", default=30, least=1)

# --- Accounts
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "victor.accounts.backend.LogIn",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace:home"
LOGOUT_REDIRECT_URL = "pages:home"
# Pages of the roof that mails, views and tasks of lower layers lead to, by name
VAULT_URL = "workspace:vault"
VAULT_UNLOCK_URL = "workspace:vault_unlock"
VAULT_MAINTENANCE_URL = "workspace:vault_tend"
VAULT_STATE_URL = "workspace:vault_state"
TEXT_URL = "workspace:text"
TEXTS_URL = "workspace:texts"
STAFF_SEARCH_URL = "workspace:search"
INVITE_URL = "partners:invite"
POSTER_URL = "pages:poster"
CAMPAIGN_PICTURE_URL = "pages:share_campaign"
ACCOUNT_ADAPTER = "victor.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_MAX_EMAIL_ADDRESSES = 2
MFA_ADAPTER = "victor.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "victor.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "victor.accounts.forms.RenamePasskeyForm",
    "authenticate": "victor.accounts.forms.CodeForm",
    "reauthenticate": "victor.accounts.forms.CodeAgainForm",
    "authenticate_webauthn": "victor.accounts.forms.PasskeyForm",
    "reauthenticate_webauthn": "victor.accounts.forms.PasskeyAgainForm",
}
MFA_RATE_LIMITS = {"webauthn_login": ""}  # a passkey cannot be guessed, so that none is refused
ACCOUNT_FORMS = {"reset_password": "victor.accounts.forms.PasswordResetForm"}
USERSESSIONS_ADAPTER = "victor.accounts.adapters.SessionsAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO  # passkeys on http://localhost
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # a second address may be added: accounts come from invitations, all verified
MFA_TOTP_ISSUER = "VICTOR"
MFA_TOTP_DIGITS, MFA_TOTP_PERIOD = 6, 30  # seconds; what every authenticator app knows
MFA_TOTP_TOLERANCE = 1  # a code is right for one step more, before and after: phones' clocks differ (RFC 6238, 5.2)
USERSESSIONS_TRACK_ACTIVITY = False
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", default=0)
INVITATION_DAYS = 7

# --- The vault: one guess of a passphrase costs 3 passes over 256 MiB (Argon2id; libsodium's "moderate")
VAULT_COST = (3, 256 * 1024 * 1024)
VAULT_IDLE = timedelta(minutes=env.number("VAULT_IDLE_MINUTES", default=15, least=1))

# --- Reports. One guess of a receipt costs 16 passes over 64 MiB (Argon2id) and needs RECEIPT_KEY
RECEIPT_COST = (16, 64 * 1024 * 1024)
CLAMAV_SOCKET = env.text("CLAMAV_SOCKET", default="")

# --- Duty: the gateway that calls people for danger; none: by mail alone
DUTY_GATEWAY_URL = env.text("DUTY_GATEWAY_URL", default="")
DUTY_GATEWAY_TOKEN = env.text("DUTY_GATEWAY_TOKEN", default="")
DUTY_GATEWAY_SENDER = env.text("DUTY_GATEWAY_SENDER", default="")
if DUTY_GATEWAY_URL:
    if not DUTY_GATEWAY_URL.startswith("https://" if not DEMO else ("https://", "http://")):
        raise Misconfigured("DUTY_GATEWAY_URL", "expected an address that begins with https:// in production")
    env.secret("DUTY_GATEWAY_TOKEN")

# --- Help lines: hidden when not checked within so many days; None: any age
HELP_LINE_MAX_AGE_DAYS = env.number("HELP_LINE_MAX_AGE_DAYS", default=None if DEMO else 90, least=1)

# --- Seminars: registrations are deleted so many years after the end; certificates stay
TRAINING_YEARS = env.number("TRAINING_YEARS", default=5, least=1)

# --- Safety of visitors
SESSION_LIFETIME = timedelta(hours=12)  # after the log-in, whatever is done in the session
SESSION_COOKIE_AGE = int(SESSION_LIFETIME.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:  # with the prefix by which browsers refuse them from anywhere but this host
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "victor.pages.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],  # the nonce is for the import map of the rich text editor, in the workspace only
        # The rich text editor puts this one style into its page by itself.
        "style-src": [SELF, "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in ("camera", "microphone", "geolocation", "payment", "usb", "display-capture", "browsing-topics")
}

LOGGING_CONFIG = None  # victor.logs configures logging
configure(level=env.choice("LOG_LEVEL", options=("debug", "info", "warning", "error"), default="info"))
