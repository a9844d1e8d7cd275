-- grain: city_id x year; access to networks per resident and per registered person
-- Four components of the digital infrastructure index; the fifth, information_employment_share, is employment's.
with

observations_wide as (

    select * from {{ ref('observations_wide') }}

)

select
    city_id,
    year,
    telecom_business_10k_yuan,
    mobile_users_10k_users,
    broadband_users_10k_users,
    digital_finance_index,
    100 * broadband_users_10k_users / nullif(resident_population_10k_persons, 0)
        as internet_users_per_100_persons,
    telecom_business_10k_yuan / nullif(resident_population_10k_persons * 1e4, 0)
        as telecom_business_10k_yuan_per_person,
    100 * mobile_users_10k_users / nullif(resident_population_10k_persons, 0) as mobile_users_per_100_persons,
    100 * broadband_users_10k_users / nullif(hukou_population_10k_persons, 0)
        as internet_users_per_100_hukou_persons,
    telecom_business_10k_yuan / nullif(hukou_population_10k_persons * 1e4, 0)
        as telecom_business_10k_yuan_per_hukou_person,
    100 * mobile_users_10k_users / nullif(hukou_population_10k_persons, 0)
        as mobile_users_per_100_hukou_persons,
    case when mobile_users_10k_users > 0 then ln(mobile_users_10k_users) end as mobile_users_ln_10k_users,
    -- business in 10k yuan over residents in 10k persons is yuan per person
    case
        when telecom_business_10k_yuan > 0 and resident_population_10k_persons > 0
            then ln(telecom_business_10k_yuan / resident_population_10k_persons)
    end as telecom_business_per_person_ln_yuan
from observations_wide
