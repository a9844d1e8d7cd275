"""The cells of a specification are read as documented, and what cannot be read is named."""

from __future__ import annotations

import pytest
from panel_for_regressions import row

from citypanel.regressions import SpecificationError, parse_specification
from citypanel.regressions.cell_grammar import Factor, Winsor


def texts(specification_field: tuple) -> list[str]:
    return [expression.text for expression in specification_field]


def test_lists_are_split_on_plus_with_or_without_blanks() -> None:
    read = parse_specification(row(regressors="digital+gdp:wage", controls="L1.wage + L2.gdp:digital"))
    assert texts(read.terms) == ["digital", "gdp:wage", "L1.wage", "L2.gdp:digital"]
    assert read.terms[3].factors == (Factor("gdp", 2), Factor("digital", 0))
    assert read.variables == ("flow", "digital", "gdp", "wage")


@pytest.mark.parametrize(
    ("cell", "effects"), [("city+year", ("entity", "time")), ("city", ("entity",)), ("", ())]
)
def test_fixed_effects_are_what_the_row_says(cell: str, effects: tuple[str, ...]) -> None:
    assert parse_specification(row(estimator="fixed_effects", fixed_effects=cell)).effects == effects


def test_two_way_is_both_effects_even_where_the_cell_is_empty() -> None:
    assert parse_specification(row(fixed_effects=None)).effects == ("entity", "time")


@pytest.mark.parametrize(
    ("cell", "winsor"),
    [("winsor(5,95)", Winsor(5, 95, 2)), ("winsor( 1, 99, 7 )", Winsor(1, 99, 7)), ("", None)],
)
def test_winsorising_is_read_with_its_quantile_type(cell: str, winsor: Winsor | None) -> None:
    assert parse_specification(row(transform=cell)).winsor == winsor


def test_endogenous_variables_not_among_the_regressors_come_first() -> None:
    read = parse_specification(
        row(
            estimator="fe_2sls", regressors="gdp", controls="", endogenous="digital", instruments="L1.digital"
        )
    )
    assert texts(read.terms) == ["digital", "gdp"]
    assert texts(read.instruments) == ["L1.digital"]
    assert texts(parse_specification(row(seed="7.0")).terms) == ["digital", "gdp", "wage"]


@pytest.mark.parametrize(
    ("changes", "message_id"),
    [
        ({"outcome": ""}, "outcome_is_one_variable"),
        ({"outcome": "flow + gdp"}, "outcome_is_one_variable"),
        ({"regressors": "", "controls": None}, "no_regressor_named"),
        ({"regressors": "digital + "}, "empty_item_in_list"),
        ({"regressors": "log(digital)"}, "unreadable_term"),
        ({"regressors": "1x"}, "unreadable_term"),
        ({"regressors": "gdp"}, "repeated_variable"),
        ({"estimator": "ols"}, "unknown_estimator"),
        ({"estimator": "fe_2sls"}, "instruments_do_not_fit_estimator"),
        ({"instruments": "rain"}, "instruments_do_not_fit_estimator"),
        ({"fixed_effects": "city"}, "effects_do_not_fit_estimator"),
        ({"fixed_effects": "city + province"}, "unknown_effect"),
        ({"covariance": "robust"}, "unknown_covariance"),
        (
            {
                "estimator": "fe_2sls",
                "covariance": "cr2",
                "endogenous": "digital",
                "instruments": "L1.digital",
            },
            "unknown_covariance",
        ),
        ({"transform": "log"}, "unreadable_transform"),
        ({"transform": "winsor(95,5)"}, "unreadable_transform"),
        ({"seed": "one"}, "seed_is_not_a_number"),
    ],
)
def test_what_cannot_be_read_is_a_typed_mistake(changes: dict, message_id: str) -> None:
    with pytest.raises(SpecificationError) as caught:
        parse_specification(row(**changes))
    assert caught.value.message_id == message_id
