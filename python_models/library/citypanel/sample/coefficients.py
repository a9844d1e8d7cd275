"""The planted coefficients: what the studies print, and choices of ours where they print none.

Names are panel columns. Study A's five controls enter flow with the coefficients of column (6) of its table
1.
"""

from __future__ import annotations

DIGITAL = "digital_infrastructure_index"
FINANCIAL = "loans_to_gdp_ratio"
GDP = "gdp_per_person_ln_yuan"
EDUCATION = "education_expenditure_gdp_share"
SCIENCE = "science_expenditure_gdp_share"
MOBILE = "mobile_users_ln_10k_users"
LM = "net_migration_rate"
IA = "secondary_location_quotient_ratio"
LM_IA = f"{LM}:{IA}"
ODI = "fdi_gdp_share"
TE = "urban_employment_m_persons"
GR = "fiscal_expenditure_gdp_share"
RLR = "average_wage_10k_yuan"
RISSL = "tertiary_to_secondary_ratio"

FLOW_OUTCOME = "non_agricultural_employment_share"
TERTIARY_OUTCOME = "tertiary_value_added_share"
INNOVATION_OUTCOME = "innovation_scaled_index"
REAL_GDP_OUTCOME = "real_gdp_per_person_10k_yuan"

FLOW = {DIGITAL: 0.1457, FINANCIAL: 0.0321, GDP: 0.0053, EDUCATION: -0.3378, SCIENCE: -1.6884, MOBILE: 0.0035}
TERTIARY = {DIGITAL: 0.1966, FINANCIAL: 0.012, GDP: 0.01, EDUCATION: 0.10, SCIENCE: 0.20, MOBILE: 0.004}
INNOVATION = {DIGITAL: 0.2196, FINANCIAL: 0.004, GDP: 0.012, EDUCATION: -0.05, SCIENCE: 0.8, MOBILE: 0.002}
REAL_GDP = {LM: 0.501, IA: 0.287, LM_IA: 0.372, ODI: 0.613, TE: -2.679, GR: 0.214, RLR: 0.348, RISSL: -0.620}
