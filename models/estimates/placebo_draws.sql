-- grain: specification_id x test x draw, the slopes that placebo treatments gave
select
    specification_id,
    test,
    unnest(range(1, len(slopes) + 1)) as draw,
    unnest(slopes) as slope
from (
    select specification_id, test, from_json(details -> 'slopes', '["DOUBLE"]') as slopes
    from {{ ref('diagnostics_of_fits') }}
    where test in ('placebo_permutation', 'placebo_within_year')
)
