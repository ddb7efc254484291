import type { Environment } from './environment.js';

/** 0: no limit. */
export interface LimitsConfiguration {
  /** From one network. */
  registrationsPerHour: number;
  /** Of one account. */
  ordersPerMinute: number;
  /** Of one account, in each process. */
  writesPerMinute: number;
}

const IN_PRODUCTION: LimitsConfiguration = {
  registrationsPerHour: 60,
  ordersPerMinute: 30,
  writesPerMinute: 600,
};

/** Elsewhere nothing is limited unless it is asked for: whoever tries the service tries it fast. */
export function readLimits(env: Environment, production: boolean): LimitsConfiguration {
  const orDefault = (value: number | undefined, name: keyof LimitsConfiguration) =>
    value ?? (production ? IN_PRODUCTION[name] : 0);
  return {
    registrationsPerHour: orDefault(env.REGISTRATIONS_PER_HOUR, 'registrationsPerHour'),
    ordersPerMinute: orDefault(env.ORDERS_PER_MINUTE, 'ordersPerMinute'),
    writesPerMinute: orDefault(env.WRITES_PER_MINUTE, 'writesPerMinute'),
  };
}
