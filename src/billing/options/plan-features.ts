import { isText, textOf } from '../../http/is-text.js';
import { invalidInput } from '../../problems/validation.pipe.js';
import { CONSTRAINT_TEXTS, oneOf } from '../../problems/constraint-texts.js';
import { about, type Sentence } from '../../problems/sentence.js';

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
      return [{ field, message: about(field, unknownFeature(Object.keys(types).join(', ') || '-')) }];
    }
    return fits(value, type) ? [] : [{ field, message: about(field, described(type)) }];
  });
  if (faults.length > 0) throw invalidInput(faults);
}

/**
 * The same for one feature by itself.
 * @throws Problem VALIDATION_FAILED naming `feature` where there is none of that name, or `value`
 */
export function requireFeatureValue(feature: string, value: unknown, types: FeatureTypes): void {
  const type = Object.hasOwn(types, feature) ? types[feature] : undefined;
  if (type === undefined) {
    const message = about('feature', unknownFeature(Object.keys(types).join(', ') || '-'));
    throw invalidInput([{ field: 'feature', message }]);
  }
  if (!fits(value, type)) throw invalidInput([{ field: 'value', message: about('value', described(type)) }]);
}

function fits(value: unknown, type: FeatureType): boolean {
  if (type === 'integer') return Number.isSafeInteger(value) && (value as number) >= 0;
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'string') return isText(value, 0, 200);
  return type.enum.includes(value as string);
}

const COUNT: Sentence = { en: 'must be a whole number of 0 or more', 'zh-CN': '必须是不小于 0 的整数' };

function unknownFeature(known: string): Sentence {
  return { en: `is not a feature; those known are: ${known}`, 'zh-CN': `不是已知的功能；可用的有：${known}` };
}

function described(type: FeatureType): Sentence {
  if (type === 'integer') return COUNT;
  if (type === 'boolean') return CONSTRAINT_TEXTS['isBoolean']!();
  if (type === 'string') return textOf(0, 200);
  return oneOf(type.enum);
}
