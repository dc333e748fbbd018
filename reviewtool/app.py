"""The Flask application: one factory for all profiles, tests and the command line."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import structlog
from flask import Flask, abort, g, request, session
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from reviewtool.domain.sections import LANGUAGES
from reviewtool.infra.i18n import speaking
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.web import current, errors, security, templating
from reviewtool.web.accounts.login import login_manager
from reviewtool.web.blueprints import BLUEPRINTS
from reviewtool.web.incoming import NUL, Request
from reviewtool.web.limits import limiter
from reviewtool.web.replies.views import refuse

csrf = CSRFProtect()


def create_app(installation: Installation) -> Flask:
    """Make the application of an installation."""
    settings = installation.settings
    app = Flask("reviewtool", template_folder=str(Path(__file__).parent / "templates"))
    app.request_class = Request
    app.extensions["reviewtool"] = installation
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.secret_key_fallbacks),
        SESSION_COOKIE_NAME="reviewtool",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.base_url.startswith("https://"),
        PERMANENT_SESSION_LIFETIME=timedelta(days=60),
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=(settings.upload_limit_mb + 1) * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        RATELIMIT_ENABLED=settings.rate_limits,
        RATELIMIT_STORAGE_URI=settings.redis_url or "memory://",
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),
    )
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's documented way
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
    csrf.init_app(app)
    csrf.exempt(refuse)  # mail programs press it for their users (RFC 8058); its token is the proof
    limiter.init_app(app)
    login_manager.init_app(app)
    templating.set_up(app)
    errors.set_up(app)
    app.before_request(_begin)
    app.after_request(security.secure)
    app.teardown_request(_end)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def _begin() -> None:
    """Give the request its id and its language."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=new_id())
    asked = request.args.get("language")
    if asked in LANGUAGES:
        session["language"] = asked
    stack = ExitStack()
    stack.enter_context(speaking(_language(), current.installation().settings.time_zone))
    g.language_stack = stack
    if NUL in request.path:
        abort(404)


def _language() -> str:
    """Choose the language: the switch, the person's own, the browser's, the installation's."""
    if session.get("language") in LANGUAGES:
        return str(session["language"])
    link_id = (request.view_args or {}).get("link_id")
    if link_id and link_id in session.get("links", {}):
        try:
            return current.held_link(link_id).actor.language
        except current.SessionLostError:
            pass
    default = current.installation().settings.language
    return request.accept_languages.best_match(LANGUAGES, default) or default


def _end(error: BaseException | None = None) -> None:
    current.close_reader(error)
    stack = g.pop("language_stack", None)
    if stack is not None:
        stack.close()
