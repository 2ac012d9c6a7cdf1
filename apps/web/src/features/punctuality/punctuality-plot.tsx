import type { PunctualitySummary } from '@packline/contract/punctuality.ts'
import { formatDay, plural } from '../../lib/dates.ts'
import { heightOf, steps } from './plot-scale.ts'
import classes from './punctuality-plot.module.css'
import { tookText } from './punctuality-words.ts'

const days = 90
const width = 900
const height = 160
const dayMillis = 86_400_000

/**
 * Day by day, from the median to the worst, on a scale in which each line is several times the one below. What it shows
 * stands in the sentence above and in the table below as well.
 */
export function PunctualityPlot({ summary, lastDay }: { summary: PunctualitySummary; lastDay: string }) {
  const x = (date: string) =>
    width - ((Date.parse(lastDay) - Date.parse(date)) / dayMillis + 0.5) * (width / (days + 1))
  const y = (seconds: number) => height - heightOf(seconds) * height
  return (
    <figure className={classes['root']}>
      <figcaption className={classes['caption']}>
        From due to current everywhere, day by day: the dot is the median, the line reaches to the worst.
      </figcaption>
      <div className={classes['frame']}>
        <ul className={classes['scale']} aria-hidden>
          {steps.map(({ seconds, label }) => (
            <li key={label} style={{ bottom: `${heightOf(seconds) * 100}%` }}>
              {label}
            </li>
          ))}
        </ul>
        <svg
          className={classes['plot']}
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`Punctuality on ${plural(summary.days.length, 'day')} of the last ${days}`}
        >
          {steps.map(({ seconds, label }) => (
            <line key={label} className={classes['rule']} x1={0} x2={width} y1={y(seconds)} y2={y(seconds)} />
          ))}
          {summary.days.map(({ date, finished, late, medianSeconds, worstSeconds }) => (
            <g key={date} data-late={late > 0 || undefined} className={classes['day']}>
              <title>
                {`${formatDay(date)}: ${plural(finished, 'release')}, median ${tookText(medianSeconds)}, worst ${tookText(worstSeconds)}${late > 0 ? `, ${late} late` : ''}`}
              </title>
              <line x1={x(date)} x2={x(date)} y1={y(medianSeconds)} y2={y(worstSeconds)} />
              <line
                className={classes['median']}
                x1={x(date)}
                x2={x(date)}
                y1={y(medianSeconds)}
                y2={y(medianSeconds)}
              />
            </g>
          ))}
        </svg>
      </div>
    </figure>
  )
}
