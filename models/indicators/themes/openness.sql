-- grain: city_id x year; foreign investment and trade against output
with

observations_wide as (

    select * from {{ ref('observations_wide') }}

),

usd_rates as (

    select * from {{ ref('usd_rates') }}

),

measured as (

    select
        observations_wide.*,
        observations_wide.gdp_100m_yuan * 1e4 as gdp_10k_yuan,
        observations_wide.fdi_10k_usd * usd_rates.yuan_per_usd as fdi_10k_yuan
    from observations_wide
    left join usd_rates using (year)

)

select
    city_id,
    year,
    fdi_10k_usd,
    imports_10k_yuan,
    exports_10k_yuan,
    fdi_10k_yuan / nullif(gdp_10k_yuan, 0) as fdi_gdp_share,
    (imports_10k_yuan + exports_10k_yuan) / nullif(gdp_10k_yuan, 0) as trade_gdp_share
from measured
