import { getMetadataStorage, ValidationTypes } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata.js';
import '../../src/app/app.module.js';
import { CONSTRAINT_TEXTS } from '../../src/problems/constraint-texts.js';
import type { Sentence } from '../../src/problems/sentence.js';

/** Class-validator keeps them by class, and tells them of one class at a time only. */
const { validationMetadatas } = getMetadataStorage() as unknown as {
  validationMetadatas: Map<{ name: string }, ValidationMetadata[]>;
};

/** `@IsOptional()` and `@ValidateIf()` refuse nothing. */
const rules = [...validationMetadatas].flatMap(([{ name }, metadatas]) =>
  metadatas
    .filter(({ type }) => type !== ValidationTypes.CONDITIONAL_VALIDATION)
    .map((rule) => ({ where: `${name}.${rule.propertyName}`, rule: rule.name ?? rule.type, metadata: rule })),
);

describe('what a DTO refuses', () => {
  it('is found here, of every module', () => {
    const classes = new Set(rules.map(({ where }) => where.split('.')[0]));
    expect([...classes]).toEqual(
      expect.arrayContaining(['PageQueryDto', 'RegisterDto', 'SubscribeDto', 'ConsumeQuotaDto']),
    );
    expect(rules.length).toBeGreaterThan(150);
  });

  it('is said in both languages', () => {
    const silent = rules.filter(({ rule, metadata }) => {
      const context = metadata.context as Sentence | undefined;
      const text = context ?? CONSTRAINT_TEXTS[rule]?.(...(metadata.constraints ?? []));
      return !text || !/^[\x20-\x7e’]+$/.test(text.en) || !/\p{Script=Han}/u.test(text['zh-CN']);
    });
    expect(silent.map(({ where, rule }) => `${where}: ${rule}`)).toEqual([]);
  });
});
