from __future__ import annotations

import pytest

from sdkloom.lower.names.identifiers import module_name


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("InputJSONDelta", "input_json_delta"),
        ("URLPDFSource", "url_pdf_source"),
        ("URLMCPServerParams", "url_mcp_server_params"),
        ("MCPOAuthParams", "mcp_oauth_params"),
        ("GitHubRepository", "github_repository"),
        ("ToolBash20250124Param", "tool_bash_20250124_param"),
        ("ToolSearchToolBm25_20251119", "tool_search_tool_bm25_20251119"),
        ("Base64Image", "base64_image"),
        ("Area51Code123456789", "area51_code123456789"),
        ("APIIDList", "api_id_list"),
        ("VERBOSEThing", "verbose_thing"),
        ("Class", "class_"),
    ],
)
def test_acronyms_and_dates_are_words(name: str, module: str) -> None:
    assert module_name(name) == module
