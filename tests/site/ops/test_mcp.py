"""Other assistants over the Model Context Protocol: its own client asks `invoke mcp`, and much that is no call is sent to it."""

import asyncio
import json
import os
import random
import shutil
import subprocess
import sys
import threading
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from conftest import ROOT, SEED, SOAK, invoke, served
from mcp import Client, StdioServerParameters

from chuyendoiso.system.site_files import folder_reader

CALLS = 20_000 if SOAK else 1_000
UNREAD = "Chưa đọc được dữ liệu của trang: {}. Cách sửa: thử lại sau ít phút; nếu vẫn vậy, báo người vận hành dựng lại trang hoặc xem lại --source."


@asynccontextmanager
async def connected(source, **options):
    command = ["-m", "invoke", "-r", str(ROOT), "mcp", "--source", str(source)]
    async with Client(StdioServerParameters(command=sys.executable, args=command, cwd="/"), **options) as client:
        yield client


async def ask(client, tool, **arguments):
    """Return a tool's answer; an error as its words."""
    result = await client.call_tool(tool, arguments)
    [content] = result.content
    if result.is_error:
        return content.text
    assert json.loads(content.text) == result.structured_content
    return result.structured_content


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_client_lists_searches_and_fetches(committed, mode):
    async def talk():
        async with connected(committed, mode=mode) as client:
            tools = (await client.list_tools()).tools
            assert [tool.name for tool in tools] == ["search", "fetch", "validity", "sessions"]
            assert all(tool.annotations.read_only_hint and not tool.input_schema["additionalProperties"] for tool in tools)
            found = await ask(client, "search", query="ngay chuyen doi so quoc gia la ngay nao")
            first = found["results"][0]
            fetched = await ask(client, "fetch", id=first["id"])
            assert (found["verdict"], first["date"], first["state"]) == ("answer", "2026-11-28", "đã kiểm tra")
            assert first["url"].startswith(fetched["url"])
            assert " ".join(first["passage"].split()) in " ".join(f"{fetched['summary']} {fetched['text']}".split())
            unknown = await ask(client, "search", query="cách nuôi cá chép ở ao nhà")
            assert not any("passage" in result for result in unknown["results"])
            assert (unknown["verdict"], unknown["contact"][-10:]) in {("none", "/tim-kiem/"), ("related", "/tim-kiem/")}
            page = await ask(client, "fetch", id="/gioi-thieu/")
            assert (page["kind"], page["title"]) == ("Trang", "Giới thiệu")

    asyncio.run(talk())


NUMBERS = {
    "42/2022/NĐ-CP": ["42/2022/NĐ-CP", "42/2022/nđ-cp", "nd 42", "Nghị định 42", "422022ndcp"],
    "749/QĐ-TTg": ["749/QĐ-TTg", "749/QD-TTg", "qd749", "quyết định 749", "749qdttg"],
    "09-NQ/TU": ["09-NQ/TU", "nq09", "NQ 9", "nghi quyet 09"],
    "06/QĐ-TTg": ["Đề án 06", "de an 6", "06/QĐ-TTg"],
}


def test_validity_takes_a_number_in_any_form(committed):
    async def talk():
        async with connected(committed) as client:
            for number, forms in NUMBERS.items():
                for form in forms:
                    [document] = (await ask(client, "validity", number=form))["documents"]
                    record = json.loads(folder_reader(committed)(f"/{document['url'].split('/', 3)[3]}index.json"))["document"]
                    days = {name: record.get(name) for name in ("issued_on", "effective_on", "expires_on")}
                    assert (form, document["number"], {name: document.get(name) for name in days}) == (form, number, days)
                    assert (document["validity"], document["issuing_body"]) == (
                        record.get("validity", "unverified"),
                        record["issuing_body"]["name"],
                    )
            lapsed = (await ask(client, "validity", number="42/2022/NĐ-CP"))["documents"][0]
            assert (lapsed["state"], lapsed["expires_on"]) == ("hết hiệu lực", "2026-07-01")
            missing = await ask(client, "validity", number="9999/QĐ-TTg")
            assert (missing["documents"], missing["note"][:30]) == ([], "Trang không có văn bản này. Kh")
            assert await ask(client, "validity", number="hiệu lực") == "number phải có số của văn bản, ví dụ 749/QĐ-TTg."

    asyncio.run(talk())


def test_withdrawn_items_are_never_quoted(small):
    [gone] = json.loads(folder_reader(small)("/manifest.json"))["withdrawn"]
    expected = {
        "id": gone["id"], "url": f"https://example.vn{gone['path']}", "kind": "Tin tức", "date": gone["changed"][:10],
        "state": "đã gỡ, không trích", "reason": gone["reason"], "note": "Mục này đã gỡ: không trích, không kết luận gì từ nội dung cũ.",
    }  # fmt: skip

    async def talk():
        async with connected(small) as client:
            for id_ in (gone["id"], gone["path"], f"{gone['id']}#3"):
                answer = await ask(client, "fetch", id=id_)
                assert {**answer, "url": expected["url"]} == expected

    asyncio.run(talk())


def test_sessions_of_some_days(small):
    async def talk():
        async with connected(small) as client:
            both = (await ask(client, "sessions", **{"from": "2026-10-10", "to": "2026-12-10"}))["sessions"]
            assert [one["starts_at"] for one in both] == ["2026-10-10T14:00:00+07:00", "2026-12-10T14:00:00+07:00"]
            [one] = (await ask(client, "sessions", **{"from": "2026-12-01", "to": "2026-12-31"}))["sessions"]
            fetched = await ask(client, "fetch", id=one["id"])
            assert {name: fetched[name] for name in ("url", "date", "starts_at", "state")} == {
                name: one[name] for name in ("url", "date", "starts_at", "state")
            }
            assert (await ask(client, "sessions", **{"from": "2027-01-01"})) == {"sessions": []}
            assert (await ask(client, "sessions", **{"from": "2027-01-01", "to": "2026-01-01"})).startswith("to sớm hơn from.")
            assert (await ask(client, "sessions", to="mai")) == "to phải là một ngày, ví dụ 2026-12-01."

    asyncio.run(talk())


def test_a_site_is_read_over_http_as_from_its_folder(committed):
    async def talk(source):
        async with connected(source) as client:
            return [
                await ask(client, "search", query="nq 09 giao mục tiêu gì"),
                await ask(client, "validity", number="nd 42"),
                await ask(client, "fetch", id="/van-ban/749-qd-ttg/"),
            ]

    with served(committed) as address:
        assert asyncio.run(talk(f"{address}/")) == asyncio.run(talk(committed))


# ── what is damaged ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _shard_of_another_build(site: Path) -> None:
    for shard in (site / "tim-kiem/chi-muc").iterdir():
        shard.write_bytes(b"1234" + shard.read_bytes()[4:])


def _record_of_another_build(site: Path) -> None:
    for record in (site / "van-ban").rglob("index.json"):
        record.write_bytes(record.read_bytes().replace(b"749", b"750"))


DAMAGES = {
    "no site": (shutil.rmtree, "không có tệp ấy"),
    "no index": (lambda site: (site / "tim-kiem/chi-muc.json").unlink(), "không có tệp ấy"),
    "half an index": (lambda site: (site / "tim-kiem/chi-muc.json").write_text('{"shards": 8, "it'), "nội dung không phải JSON"),
    "an index of nothing": (lambda site: (site / "tim-kiem/chi-muc.json").write_text("[]"), "nội dung không đúng dạng"),
    "shards of another build": (_shard_of_another_build, "các tệp không cùng một bản dựng"),
    "records of another build": (_record_of_another_build, "các tệp không cùng một bản dựng"),
    "no records": (lambda site: shutil.rmtree(site / "tim-kiem/bai"), "không có tệp ấy"),
    "a pipe": (lambda site: _pipe(site / "manifest.json"), "không có quyền đọc"),
    "a link out": (lambda site: _link_out(site / "manifest.json"), "không có quyền đọc"),
}


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _link_out(path: Path) -> None:
    outside = path.parent.parent / "outside.json"
    shutil.move(path, outside)
    path.symlink_to(outside)


def test_what_is_damaged_is_said_and_the_server_stays_up(committed, tmp_path):
    site, good = tmp_path / "site", committed.resolve()

    async def talk():
        async with connected(site) as client:
            for name, (damage, reason) in DAMAGES.items():
                shutil.copytree(good, site, ignore=shutil.ignore_patterns("media", "*.html", "feeds"))
                damage(site)
                assert (name, await ask(client, "validity", number="749/QĐ-TTg")) == (name, UNREAD.format(reason))
                shutil.rmtree(site, ignore_errors=True)
            shutil.copytree(good, site)
            assert len((await ask(client, "validity", number="749/QĐ-TTg"))["documents"]) == 1

    asyncio.run(talk())


@pytest.mark.parametrize("source", ["ftp://tinh.gov.vn/", "https://", "https://tinh.gov.vn/?a=1"])
def test_what_is_no_site_is_refused(source):
    done = invoke("mcp", "--source", source)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("--source không phải địa chỉ http(s) của một trang. Cách sửa: ")


# ── what is no call ─────────────────────────────────────────────────────────────────────────────────────────────────────

# names every file that is opened once the server runs
WATCHED = """
import sys
from datetime import UTC, datetime
from chuyendoiso.ops.mcp_server import SiteTools, serve
from chuyendoiso.system.site_files import SiteFiles

log = open(sys.argv[2], "w", buffering=1)
sys.addaudithook(lambda event, args: event == "open" and print(args[0], file=log))
serve(SiteTools(SiteFiles(sys.argv[1], lambda: 0.0), lambda: datetime.now(UTC), lambda seconds: None))
"""
ODD = (
    None, True, 0, -1, 1e300, 10**30, "", " ", "\0", "\ud800", "../../secret", "/../secret", "/tim-kiem/../../secret", "lien-ket", "/lien-ket/",
    "file:///etc/passwd", "..\\..\\secret", "%2e%2e/secret", "/etc/passwd", "a" * 3_000, "😀" * 500, "<script>", "'; --", [], {}, ["x"], {"a": {"b": []}},
    "2026-13-45", "0000-00-00", "9999-12-31", "749/QĐ-TTg", "chuyển đổi số là gì", "tag:example.invalid,2026:/van-ban/749-qd-ttg/", "nq09", "=1+1", "\u0301\u0301",
)  # fmt: skip
NAMES = ("search", "fetch", "validity", "sessions", "", "Search", "read_file", "../fetch", None, 5, "a" * 2_000)
KEYS = ("query", "id", "number", "from", "to", "path", "", "__class__", "self", "site")
METHODS = ("tools/call", "tools/list", "resources/read", "prompts/get", "initialize", "ping", "x", "", "logging/setLevel")


def malformed(chance: random.Random) -> bytes:
    arguments = {chance.choice(KEYS): chance.choice(ODD) for _ in range(chance.randrange(4))}
    params = {"name": chance.choice(NAMES), "arguments": chance.choice((arguments, arguments, arguments, chance.choice(ODD)))}
    message = {"jsonrpc": "2.0", "id": chance.randrange(10**6), "method": "tools/call", "params": params}
    line = json.dumps(message, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    match chance.randrange(10):
        case 0:
            return line[: chance.randrange(len(line))]
        case 1:
            return bytes(chance.randrange(1, 256) for _ in range(chance.randrange(200))).replace(b"\n", b"")
        case 2:
            return b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":' + b'{"a":' * 2_000
        case 3:
            return json.dumps({**message, chance.choice(("jsonrpc", "id", "method", "params")): chance.choice(ODD)}).encode()
        case 4:
            return json.dumps({**message, "method": chance.choice(METHODS)}).encode()
        case _:
            return line


def talk_to(process: subprocess.Popen, lines: list[bytes]) -> list[dict]:
    """Return what is answered until the last line is; the end of the input would cancel calls."""
    writer = threading.Thread(target=lambda: (process.stdin.write(b"\n".join([*lines, b""])), process.stdin.flush()))
    writer.start()
    answers: list[dict] = []
    while (not answers or answers[-1].get("id") != -2) and (line := process.stdout.readline()):
        answers.append(json.loads(line))
    writer.join()
    process.stdin.close()
    return answers


HELLO = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
LAST = {"name": "validity", "arguments": {"number": "qd749"}}


def request(number: int, method: str, params: object) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode()


@pytest.mark.soak
def test_malformed_calls_neither_end_the_server_nor_leave_the_site(committed, tmp_path):
    site, secret = tmp_path / "in/site", tmp_path / "in/secret"
    shutil.copytree(committed.resolve(), site)
    secret.write_text("bí mật")
    (site / "lien-ket").symlink_to(secret)
    (site / "secret").symlink_to("../secret")
    chance = random.Random(SEED)
    lines = [
        *(malformed(chance) for _ in range(20)),
        request(-1, "initialize", HELLO),
        b'{"jsonrpc":"2.0","method":"notifications/initialized"}',
        *(malformed(chance) for _ in range(CALLS)),
        request(-2, "tools/call", LAST),
    ]
    opened = tmp_path / "opened"
    command = [sys.executable, "-c", WATCHED, site, opened]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        errors: list[bytes] = []
        reader = threading.Thread(target=lambda: errors.append(process.stderr.read()))
        reader.start()
        answers = talk_to(process, lines)
        reader.join()
    assert (process.returncode, errors) == (0, [b""])
    assert answers[-1]["result"]["structuredContent"]["documents"][0]["number"] == "749/QĐ-TTg"
    assert len(answers) > CALLS / 2
    assert "bí mật" not in json.dumps(answers, ensure_ascii=False)
    system = tuple(map(os.path.realpath, (sys.prefix, sys.base_prefix, "/usr/share/zoneinfo", ROOT / "chuyendoiso", "/dev/null")))
    files = {os.path.realpath(os.path.join(ROOT, name)) for name in opened.read_text().splitlines() if not name.isdecimal()}
    assert {name for name in files if not name.startswith((*system, f"{site}/"))} == set()
    assert {name for name in files if name.startswith(f"{site}/")}
