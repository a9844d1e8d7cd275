"""`citypanel doctor`: each thing that can be wrong is said, with its remedy; nothing ends the examination."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from doctor_project import Ask, Run, asking, make_well

from citypanel.console.doctor import environment, folders, packages
from citypanel.console.doctor.examination import ENVIRONMENT, PROJECT


@pytest.fixture
def project(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YEARBOOK", "mine")
    return make_well(small_project)


@pytest.fixture
def doctor(citypanel: Run, project: Path) -> Ask:
    return asking(citypanel)


def test_where_all_is_well_it_says_so_of_each_thing(citypanel: Run, doctor: Ask) -> None:
    code, rows = doctor()
    assert set(rows) == {"project"} | {name for _, name in (*ENVIRONMENT, *PROJECT)}
    assert code == 0 and {row["status"] for row in rows.values()} <= {"ok", "warn"}, rows
    assert not [row for row in rows.values() if (row["status"] == "ok") != (row["remedy"] == "")]
    assert "3 tables" in rows["database"]["found"] or "4 tables" in rows["database"]["found"]
    assert "0 errors" in citypanel("doctor")[1].splitlines()[-1]
    assert "错误 0 项" in citypanel("--lang", "zh", "doctor")[1].splitlines()[-1]
    assert citypanel("doctor", "--format", "md")[1].startswith("| status")


def test_a_number_that_the_gate_stops_is_a_warning(doctor: Ask, project: Path) -> None:
    columns = (project / "mine" / "population.csv").read_text(encoding="utf-8").strip().split(",")
    cells = {"年份": "2015", "城市": "苏州市", "来源": "a", "年末户籍人口_万人": "-35"}
    with (project / "mine" / "population.csv").open("a", encoding="utf-8") as stream:
        stream.write(",".join(cells.get(column, "") for column in columns) + "\n")
    names = (project / "mine" / "sources.csv").read_text(encoding="utf-8").strip().split(",")
    source = {"source_id": "a", "kind": "real", "precedence": "1"}
    with (project / "mine" / "sources.csv").open("a", encoding="utf-8") as stream:
        stream.write(",".join(source.get(name, "") for name in names) + "\n")
    code, rows = doctor()
    assert code == 0 and rows["yearbook"]["status"] == "warn"
    assert "population.csv:2" in rows["yearbook"]["found"] and "gate" in rows["yearbook"]["found"]


def test_an_absent_yearbook_folder_is_an_error(
    doctor: Ask, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YEARBOOK", "build/nowhere")
    code, rows = doctor()
    assert code == 1 and "build/nowhere" in rows["yearbook"]["found"]
    assert "citypanel check build/nowhere" in rows["yearbook"]["remedy"]
    monkeypatch.setenv("YEARBOOK", "mine")
    (project / "mine" / "gdp.csv").unlink()
    assert "gdp.csv" in doctor()[1]["yearbook"]["found"]


def test_a_build_folder_that_refuses_is_an_error(doctor: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The superuser may write everywhere, so the refusal is played."""

    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(folders.tempfile, "TemporaryFile", refuse)
    code, rows = doctor()
    assert code == 1 and "Permission denied" in rows["build"]["found"] and "chmod" in rows["build"]["remedy"]


def test_a_full_disk_is_a_warning(doctor: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders.shutil, "disk_usage", lambda _path: SimpleNamespace(free=1 << 28))
    code, rows = doctor()
    assert code == 0 and rows["disk"]["status"] == "warn" and "0.2 GiB" in rows["disk"]["found"]


def test_another_python_another_encoding_no_blas(doctor: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    import threadpoolctl

    monkeypatch.setattr(environment, "PYTHONS", ((3, 99), (4, 0)))
    monkeypatch.setattr(environment.locale, "getpreferredencoding", lambda _: "GBK")
    monkeypatch.setattr(threadpoolctl, "threadpool_info", lambda: [])
    code, rows = doctor()
    assert code == 1 and rows["python"]["status"] == "error"
    assert rows["encoding"]["status"] == "warn" and "PYTHONUTF8=1" in rows["encoding"]["remedy"]
    assert rows["blas"]["status"] == "warn" and "OMP_NUM_THREADS=1" in rows["blas"]["remedy"]


def test_git_is_not_needed(doctor: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert doctor()[1]["git"] == {
        "status": "ok",
        "name": "git",
        "found": "not there; nothing needs it",
        "remedy": "",
    }


def test_packages_are_held_against_the_lock(doctor: Ask, project: Path) -> None:
    lock = project / "requirements.lock"
    lock.write_text(
        "duckdb==0.0.1 \\\n    --hash=x\nno-such-package==1.0\nnot-here==1 ; sys_platform == 'nowhere'\n"
    )
    code, out = doctor()
    assert code == 1
    rows = [row for row in out.values() if row["name"] == "packages"]
    assert "0.0.1" in rows[0]["found"], "the last of both"
    lock.write_text("no-such-package==1.0\n")
    assert "no-such-package" in doctor()[1]["packages"]["found"]
    lock.unlink()
    assert doctor()[1]["packages"]["status"] == "warn"


def test_dbt_and_duckdb_must_go_together(doctor: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        packages, "_installed", lambda name: "9.9.9" if name == "duckdb" else "1.11.16"
    )
    code, rows = doctor()
    assert code == 1 and rows["pair"]["status"] == "error" and "duckdb 9.9.9" in rows["pair"]["found"]


def test_a_published_copy_is_held_against_its_manifest(doctor: Ask, project: Path) -> None:
    folder = project / "build" / "published" / "mine"
    folder.mkdir(parents=True)
    (folder / "panel.csv").write_bytes(b"a\n1\n")
    sums = {"panel.csv": "5ab2bc1c0fbcb5d8dd0b98e0bcf6f5a5b7a4a8f0c6ac5d8dfd3b5bbd0a7a9b63"}

    def publish(sums: dict[str, str]) -> None:
        files = [{"file": name, "bytes": 4, "sha256": each} for name, each in sums.items()]
        manifest = {"tables": [], "files": files, "published_at": "2026-01-02T03:04:05+00:00"}
        (folder / "manifest.json").write_text(json.dumps(manifest))

    publish(sums)
    code, rows = doctor()
    assert code == 1 and "panel.csv" in rows["publication"]["found"]
    publish({"panel.csv": folders.sha256(folder / "panel.csv")})
    code, rows = doctor()
    assert code == 0 and "2026-01-02 03:04" in rows["publication"]["found"]
    (folder / "panel.csv").unlink()
    assert doctor()[0] == 1
    (folder / "manifest.json").write_text("{")
    assert "cannot be read" in doctor()[1]["publication"]["found"]


def test_what_breaks_in_one_look_does_not_end_the_others(
    doctor: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_root: Path) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(folders, "disk", breaks)
    code, rows = doctor()
    assert code == 1 and rows["disk"]["found"] == "could not be looked at: RuntimeError: out of order"
    assert rows["leftovers"]["status"] == "ok"


def test_outside_a_project_it_says_what_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    from citypanel.console.doctor import examination as room
    from citypanel.project import ProjectNotFound

    def nowhere(_start: Path | None) -> Path:
        raise ProjectNotFound("none above here")

    monkeypatch.setattr(room, "project_root", nowhere)
    checks = room.examine()
    assert (checks[-1].name, checks[-1].status) == ("project", "error") and len(checks) == len(
        ENVIRONMENT
    ) + 1
