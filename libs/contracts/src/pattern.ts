/**
 * Whether the whole `name` matches a pattern of `*` (any text) and `?` (one character), whatever the case. Goes back to the last `*`
 * only, so that no pattern takes longer than the product of both lengths.
 */
export function matchesPattern(pattern: string, name: string): boolean {
  if (pattern === '*') return true;
  const wanted = pattern.toLowerCase();
  const text = name.toLowerCase();
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let place = 0; place < text.length;) {
    if (wanted[at] === '*') {
      star = at;
      resume = place;
      at += 1;
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === text[place])) {
      at += 1;
      place += 1;
    } else if (star !== -1) {
      at = star + 1;
      resume += 1;
      place = resume;
    } else return false;
  }
  while (wanted[at] === '*') at += 1;
  return at === wanted.length;
}
