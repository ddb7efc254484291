import type { ReactElement } from 'react';
import {
  Bar,
  BarChart,
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';

/** Days on the axis, without the year. */
const short = (day: string) => day.slice(5).replace('-', '/');

interface PlotProps<Row> {
  rows: readonly Row[];
  label: string;
  /** What a value is called where one points at it. */
  valueLabel: string;
  limit?: number;
  limitLabel?: string;
}

const AXIS = { fontSize: 12, fill: '#54666c' };

/** What is left, day by day, against the limit. */
export function LeftPlot(
  props: PlotProps<{ day: string; left: number | null; expected: number | null }> & { expectedLabel: string },
): ReactElement {
  const { rows, label, valueLabel, expectedLabel, limit } = props;
  return (
    <div className="plot" role="img" aria-label={label} data-testid="usage-plot">
      <ResponsiveContainer width="100%" height="100%">
        <LineChart data={[...rows]} margin={{ top: 8, right: 16, bottom: 0, left: -8 }}>
          <CartesianGrid stroke="#e6edee" vertical={false} />
          <XAxis dataKey="day" tickFormatter={short} tick={AXIS} minTickGap={24} />
          <YAxis domain={[0, limit ?? 'auto']} allowDecimals={false} tick={AXIS} width={52} />
          <Tooltip />
          {limit === undefined ? null : <ReferenceLine y={limit} stroke="#8fa0a5" strokeDasharray="4 4" />}
          <Line
            dataKey="expected"
            name={expectedLabel}
            stroke="#0b6e69"
            strokeWidth={2}
            strokeDasharray="3 5"
            dot={false}
            isAnimationActive={false}
          />
          <Line
            dataKey="left"
            name={valueLabel}
            stroke="#0b6e69"
            strokeWidth={3}
            dot={rows.filter(({ left }) => left !== null).length < 3}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}

/** What each day cost, against a limit. */
export function DaysPlot(props: PlotProps<{ day: string; cost: number }>): ReactElement {
  const { rows, label, valueLabel, limit, limitLabel } = props;
  return (
    <div className="plot" role="img" aria-label={label} data-testid="usage-plot">
      <ResponsiveContainer width="100%" height="100%">
        <BarChart data={[...rows]} margin={{ top: 16, right: 16, bottom: 0, left: -8 }}>
          <CartesianGrid stroke="#e6edee" vertical={false} />
          <XAxis dataKey="day" tickFormatter={short} tick={AXIS} minTickGap={24} />
          <YAxis allowDecimals={false} tick={AXIS} width={52} />
          <Tooltip formatter={(value) => [value, valueLabel]} cursor={{ fill: '#e3f2f0' }} />
          {limit === undefined ? null : (
            <ReferenceLine
              y={limit}
              stroke="#c77700"
              strokeDasharray="4 4"
              label={{ value: limitLabel ?? '', ...AXIS }}
            />
          )}
          <Bar
            dataKey="cost"
            name={valueLabel}
            fill="#0b6e69"
            radius={[4, 4, 0, 0]}
            maxBarSize={36}
            isAnimationActive={false}
          />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
