"""Headers, cookies, CSRF and limits of the panel."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_talisman import Talisman
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

MAX_FORM_BYTES = 1_000_000
"""No form of the panel is larger; the panel takes no files."""

SESSION_HOURS = 12
"""A shift: nobody stays logged in for longer without giving the password again."""

FAILED_LOGINS_PER_ADDRESS = "30 per 15 minutes"
FAILED_LOGINS_PER_LOGIN = "8 per 15 minutes"

CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self' data:",  # icons inside the CSS framework
    "style-src": "'self'",  # Talisman adds a nonce: the waveform brings its own style sheet
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}

csrf = CSRFProtect()
limiter = Limiter(get_remote_address, storage_uri="memory://")


def failed_login(response: Response) -> bool:
    """Only refused attempts use up the limit: a busy shift behind one address is not locked out."""
    return response.status_code == 401


def login_name() -> str:
    """The limit's key for one login, however it is written."""
    return "login:" + request.form.get("login", "").strip().casefold()[:60]


def protect(app: Flask, *, https: bool) -> None:
    """Put every protection on the app; call it before the routes are added."""
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_FORM_BYTES,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=SESSION_HOURS),
        # Pages that refresh themselves must not prolong a session.
        SESSION_REFRESH_EACH_REQUEST=False,
        SESSION_COOKIE_NAME="panel",
        # A card may stay open for hours; the token lives as long as the session.
        WTF_CSRF_TIME_LIMIT=None,
        # WTForms translates by itself; True would ask Flask-Babel.
        WTF_I18N_ENABLED=False,
    )
    if https:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]  # Flask's documented way
    csrf.init_app(app)
    limiter.init_app(app)
    Talisman(
        app,
        force_https=False,  # redirecting is the proxy's work
        strict_transport_security=https,
        session_cookie_secure=https,
        session_cookie_http_only=True,
        session_cookie_samesite="Lax",
        frame_options="DENY",
        referrer_policy="same-origin",
        content_security_policy=CONTENT_SECURITY_POLICY,
        content_security_policy_nonce_in=["style-src"],
    )
    app.after_request(_keep_no_copies)


def _keep_no_copies(response: Response) -> Response:
    """Pages hold personal data: no copy stays in a browser or proxy."""
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response
