import { textFault } from '../../http/is-text.js';
import { invalidInput } from '../../problems/validation.pipe.js';

/** What a feature's value may be; an integer is 0 or more. */
export type FeatureType = 'integer' | 'string' | 'boolean' | { readonly enum: readonly string[] };

/** The features that plans may have, by name. */
export type FeatureTypes = Readonly<Record<string, FeatureType>>;

/** What iDoctor's plans promise: the first limits open holds, the second is handed to the host's queue. */
export const DEFAULT_FEATURES: FeatureTypes = {
  max_concurrent: 'integer',
  priority: { enum: ['low', 'medium', 'high'] },
  custom_support: 'boolean',
};

/**
 * A misspelt feature would be sold and never given, so what isn't registered is refused, with the names that are.
 * @throws Problem VALIDATION_FAILED naming each feature at fault
 */
export function requireKnownFeatures(features: Readonly<Record<string, unknown>>, types: FeatureTypes): void {
  const faults = Object.entries(features).flatMap(([name, value]) => {
    const field = `features.${name}`;
    const type = Object.hasOwn(types, name) ? types[name] : undefined;
    if (type === undefined) {
      const known = Object.keys(types).join(', ') || 'none';
      return [{ field, message: `${field} is not a feature; those known are: ${known}` }];
    }
    return fits(value, type) ? [] : [{ field, message: `${field} must be ${described(type)}` }];
  });
  if (faults.length > 0) throw invalidInput(faults);
}

function fits(value: unknown, type: FeatureType): boolean {
  if (type === 'integer') return Number.isSafeInteger(value) && (value as number) >= 0;
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'string') return textFault(value, 0, 200) === undefined;
  return type.enum.includes(value as string);
}

function described(type: FeatureType): string {
  if (type === 'integer') return 'a whole number of 0 or more';
  if (type === 'boolean') return 'true or false';
  if (type === 'string') return 'text of at most 200 characters on one line';
  return `one of: ${type.enum.join(', ')}`;
}
