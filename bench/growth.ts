/** A reading of something that is not to grow. */
export interface Look {
  /** Ms, on any clock. */
  readonly at: number;
  readonly bytes: number;
}

/** Bytes a minute by least squares; NaN for fewer than two looks. */
export function growthOf(looks: readonly Look[]): number {
  const mean = (numbers: readonly number[]) =>
    numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const at = mean(looks.map((look) => look.at));
  const bytes = mean(looks.map((look) => look.bytes));
  const covariance = mean(looks.map((look) => (look.at - at) * (look.bytes - bytes)));
  return (covariance / mean(looks.map((look) => (look.at - at) ** 2))) * 60_000;
}
