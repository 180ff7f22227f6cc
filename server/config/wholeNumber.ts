import * as v from 'valibot';

export function wholeNumber(least: number, most: number, message: string) {
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,9}$/, message),
    v.transform(Number),
    v.minValue(least, message),
    v.maxValue(most, message),
  );
}
