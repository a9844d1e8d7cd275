-- grain: one row per printed row of the table population.csv (city, year and source as printed)
with

population as (

    select rowid + 2 as row_number, * from {{ ref('population') }}

)

select
    row_number,
    {{ printed_year('年份') }} as year,
    "城市" as city_printed,
    "来源" as source_id,
    {{ number('年末户籍人口_万人') }} as hukou_population_10k_persons,
    {{ number('年末常住人口_万人') }} as resident_population_10k_persons,
    {{ number('自然增长率_千分率') }} as natural_growth_per_mille,
    {{ number('行政区域土地面积_平方公里') }} as land_area_sq_km
from population
