-- Which tables are there, and do the studies print them, speak of them, or neither?
select exhibit, study, title_en, printed, r2, r2_reason
from {{ ref('exhibits') }}
order by rowid
