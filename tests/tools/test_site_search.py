"""The search of the documentation's site: Russian words in all their forms, and codes of the API."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from tools.reference.pages import pages
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.facts import bundled as bundled_facts

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATION = ROOT / "zensical.toml"
SEPARATOR = tomllib.loads(CONFIGURATION.read_text(encoding="utf-8"))["project"]["plugins"]["search"]["separator"]
NODE = shutil.which("node")
WORKER = Path(__file__).with_name("site_search.mjs")


@pytest.mark.parametrize(
    ("forms", "stem"),
    [
        ("объявление объявления объявлению объявлением объявлений объявлениям объявлениями объявлениях", "объявлен"),
        ("кампания кампании кампанию кампанией кампаний кампаниям кампаниями кампаниях", "кампан"),
        ("отчёт отчёта отчёту отчётом отчёте отчёты отчётов отчётам отчётами отчётах", "отчёт"),
        ("ключевая ключевой ключевую ключевые ключевых ключевым ключевыми ключевого ключевому", "ключев"),
        ("«кампании»", "кампан"),
    ],
    ids=["neuter", "feminine", "masculine", "adjective", "quoted"],
)
def test_the_forms_of_a_word_are_one(forms: str, stem: str) -> None:
    """The separator of the search leaves the same stem of each form of a Russian word."""
    assert {token for token in re.split(SEPARATOR, forms) if token} == {stem}


def test_other_words_stay_whole() -> None:
    """Short Russian words, Latin ones, names of the API and numbers keep their ends."""
    text = "для цена campaigns CampaignIds 9300 1.5"
    assert re.split(SEPARATOR, text) == ["для", "цен", "", "campaigns", "CampaignIds", "9300", "1.5"]


FIRST_RESULTS: Mapping[str, str] = MappingProxyType(
    {
        "9300": "reference/limits/",
        "объявления": "reference/ads/",
        "объявлений": "reference/ads/",
        "ключевые фразы": "reference/keywords/",
        "корректировка ставок": "reference/bidmodifiers/",
        "быстрая ссылка": "reference/sitelinks/",
        "отчётов": "ru/reports/",
        "рецепт": "ru/recipes/",
        "баллов": "ru/units-and-concurrency/#баллы",
    }
)


@pytest.mark.skipif(NODE is None, reason="node runs the site's own search")
def test_a_query_finds_its_page(tmp_path: Path) -> None:
    """The site's own script, run on the built index, puts the page that a reader looks for first."""
    pytest.importorskip("zensical")
    command = [str(NODE), str(WORKER), str(_built_site(tmp_path)), *FIRST_RESULTS]
    process = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", timeout=120)
    assert {
        query: locations[0] for query, locations in zip(FIRST_RESULTS, json.loads(process.stdout), strict=True)
    } == FIRST_RESULTS


def _built_site(folder: Path) -> Path:
    """The site, built from the checkout's pages and a reference that is written anew."""
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("reference"))
    shutil.copy(CONFIGURATION, folder)
    for name, text in pages(bundled(), bundled_facts()):
        path = folder / "docs" / "reference" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "zensical", "build"], cwd=folder, check=True, capture_output=True)
    return folder / "build" / "site"
