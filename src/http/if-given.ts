import { ValidateIf } from 'class-validator';

/**
 * The field may be left out. Unlike with IsOptional, null is no value for it: a client that means a number or a yes, and
 * sends null by mistake, must not have the default done, which may be all of the money or the end of a plan.
 */
export const IfGiven = () => ValidateIf((_, value: unknown) => value !== undefined);
