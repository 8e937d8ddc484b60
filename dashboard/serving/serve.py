"""Serve the dashboard on this machine, with every option that its privacy and speed depend on."""

from typing import Any

from dashboard.serving.asgi import make_app
from dashboard.serving.memory import share_arenas

THEME = {
    "theme.font": "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
    "theme.headingFontSizes": ["1.9rem", "1.4rem", "1.15rem", "1rem", "0.9rem", "0.85rem"],
    "theme.baseRadius": "small",
    "theme.showWidgetBorder": True,
    "theme.light.primaryColor": "#0B5CAD",
    "theme.light.backgroundColor": "#FFFFFF",
    "theme.light.secondaryBackgroundColor": "#F3F5F7",
    "theme.light.textColor": "#1B2733",
    "theme.light.linkColor": "#0B5CAD",
    "theme.light.borderColor": "#8A96A3",
    "theme.dark.primaryColor": "#6CB2F5",
    "theme.dark.backgroundColor": "#12181F",
    "theme.dark.secondaryBackgroundColor": "#1D2630",
    "theme.dark.textColor": "#E8EDF2",
    "theme.dark.linkColor": "#8CC4FA",
    "theme.dark.borderColor": "#6B7A89",
}
LATIN = "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122"
LATIN_EXTENDED = "U+0100-02BA,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113"
FONT_FACES = [
    {
        "family": "Inter",
        "url": f"app/static/inter-{name}-{weight}-normal.woff2",
        "weight": weight,
        "style": "normal",
        "unicodeRange": unicode_range,
    }
    for name, unicode_range in (("latin", LATIN), ("latin-ext", LATIN_EXTENDED))
    for weight in (400, 600)
]
OPTIONS: dict[str, Any] = {
    "server.headless": True,
    "server.enableStaticServing": True,
    "server.fileWatcherType": "none",
    "server.enableWebsocketCompression": True,
    "browser.gatherUsageStats": False,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "runner.postScriptGC": False,
    "logger.hideWelcomeMessage": True,
    "theme.fontFaces": FONT_FACES,
    **THEME,
}


def run(port: int, host: str = "127.0.0.1") -> None:
    """Serve until the process is asked to stop."""
    share_arenas()
    make_app().run(config={**OPTIONS, "server.port": port, "server.address": host})
