/** The job that wakes somebody up to deliver; what is due stands in `event_deliveries`. */
export const EVENT_DELIVERIES = 'event-deliveries';
