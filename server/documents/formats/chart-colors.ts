type Colors = Readonly<Record<string, string>>

/** The colours of charts; static/styles/staff/charts.css has the same for the small bars. */
export const stanceColors: Colors = {
  support: '#3c7d57',
  amend: '#1d4e89',
  oppose: '#a4161a',
  question: '#c9a227',
}
export const outcomeColors: Colors = {
  adopted: '#3c7d57',
  partly_adopted: '#1d4e89',
  not_adopted: '#a4161a',
  explained: '#c9a227',
}
export const plainColor = '#857d70'
