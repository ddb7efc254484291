import type { Problem } from '../../problems/problem.js';
import { DEFAULT_FEATURES, requireKnownFeatures, type FeatureTypes } from './plan-features.js';
import { PLAN_SEEDS } from '../catalog/plans/plan-seeds.js';

const TYPES: FeatureTypes = { ...DEFAULT_FEATURES, region: 'string' };

function faultOf(features: Record<string, unknown>): string | undefined {
  try {
    requireKnownFeatures(features, TYPES);
    return undefined;
  } catch (error) {
    return (error as Problem)
      .body('en')
      .errors?.map(({ message }) => message)
      .join('; ');
  }
}

it('takes what the seeded plans have', () => {
  for (const { features } of PLAN_SEEDS) requireKnownFeatures(features, DEFAULT_FEATURES);
});

it.each([[{}], [{ max_concurrent: 0, priority: 'high', custom_support: false, region: '华东' }]])(
  'takes %j',
  (features) => {
    expect(faultOf(features)).toBeUndefined();
  },
);

it('refuses a typo with the names that are known', () => {
  expect(faultOf({ max_concurent: 3 })).toBe(
    'features.max_concurent is not a feature; those known are: max_concurrent, priority, custom_support, region',
  );
});

it.each([
  [{ max_concurrent: '3' }, 'features.max_concurrent must be a whole number of 0 or more'],
  [{ max_concurrent: 1.5 }, 'features.max_concurrent must be a whole number of 0 or more'],
  [{ max_concurrent: -1 }, 'features.max_concurrent must be a whole number of 0 or more'],
  [{ priority: 'urgent' }, 'features.priority must be one of: low, medium, high'],
  [{ custom_support: 1 }, 'features.custom_support must be true or false'],
  [
    { region: 7 },
    'features.region must be text of 0 to 200 characters on one line, without control characters',
  ],
  [
    { priority: null, custom_support: null },
    'features.priority must be one of: low, medium, high; features.custom_support must be true or false',
  ],
])('refuses %j', (features, fault) => {
  expect(faultOf(features)).toBe(fault);
});

it('knows no feature by a name that every object has', () => {
  expect(faultOf({ constructor: 1 })).toContain('is not a feature');
});
