/** The shape of texts in whatever language: the same keys, and functions that take the same. */
export type Texts<English> = English extends string
  ? string
  : English extends number
    ? English
    : English extends (...words: infer Words) => string
      ? (...words: Words) => string
      : { readonly [Key in keyof English]: Texts<English[Key]> };
