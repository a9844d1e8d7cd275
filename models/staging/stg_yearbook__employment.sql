-- grain: one row per printed row of the table employment.csv (city, year and source as printed)
with

employment as (

    select rowid + 2 as row_number, * from {{ ref('employment') }}

)

select
    row_number,
    {{ printed_year('年份') }} as year,
    "城市" as city_printed,
    "来源" as source_id,
    {{ number('第一产业从业人员_人') }} as primary_employment_persons,
    {{ number('第二产业从业人员_人') }} as secondary_employment_persons,
    {{ number('第三产业从业人员_人') }} as tertiary_employment_persons,
    {{ number('城镇单位从业人员_人') }} as urban_employment_persons,
    {{ number('采矿业从业人员_人') }} as mining_employment_persons,
    {{ number('制造业从业人员_人') }} as manufacturing_employment_persons,
    {{ number('电力热力燃气及水生产和供应业从业人员_人') }} as utilities_employment_persons,
    {{ number('建筑业从业人员_人') }} as construction_employment_persons,
    {{ number('批发和零售业从业人员_人') }} as wholesale_retail_employment_persons,
    {{ number('交通运输仓储和邮政业从业人员_人') }} as transport_employment_persons,
    {{ number('住宿和餐饮业从业人员_人') }} as hotels_catering_employment_persons,
    {{ number('信息传输计算机服务和软件业从业人员_人') }} as information_employment_persons,
    {{ number('金融业从业人员_人') }} as finance_employment_persons,
    {{ number('房地产业从业人员_人') }} as real_estate_employment_persons,
    {{ number('租赁和商务服务业从业人员_人') }} as leasing_business_employment_persons,
    {{ number('科学研究和技术服务业从业人员_人') }} as research_employment_persons,
    {{ number('水利环境和公共设施管理业从业人员_人') }} as environment_employment_persons,
    {{ number('居民服务修理和其他服务业从业人员_人') }} as resident_services_employment_persons,
    {{ number('教育业从业人员_人') }} as education_employment_persons,
    {{ number('卫生和社会工作从业人员_人') }} as health_employment_persons,
    {{ number('文化体育和娱乐业从业人员_人') }} as culture_employment_persons,
    {{ number('公共管理社会保障和社会组织从业人员_人') }} as public_administration_employment_persons,
    {{ number('在岗职工平均工资_元') }} as average_wage_yuan
from employment
