/**
 * The unified social credit code of a Chinese organization (统一社会信用代码), GB 32100-2015: 18 characters, the last of
 * them a check over the others. The 15-digit tax numbers before it went out of use in 2018.
 */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const FORM = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;

/** @param code in upper case, without spaces */
export function isTaxNumber(code: string): boolean {
  return FORM.test(code) && checkCharacter(code.slice(0, 17)) === code[17];
}

/** Each character's value times 3 to the power of its place, modulo 31 (GB 32100-2015, appendix A). */
function checkCharacter(code: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of code) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET[(31 - (sum % 31)) % 31]!;
}
