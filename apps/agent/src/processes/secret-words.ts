/**
 * Words that look like keys although nothing around them says so: keys of known form, and long words that are too irregular
 * to have been made by people.
 */

/** Forms of keys that their makers have marked, so that they are found in public places. */
const MARKED: readonly RegExp[] = [
  // JSON Web Token (RFC 7519): two parts of it are objects in base64url, which begin with `{"`.
  /eyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g,
  /\b(?:gh[opsur]|github_pat|glpat|gldt|npm|pypi|dop_v1|shpat|xox[abeoprs]|hf|hvs|hvb|sk|rk|pk)[_-][\w-]{16,}/g,
  /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g,
  /\bAIza[\w-]{30,}/g,
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/g,
  /\bAGE-SECRET-KEY-1[A-Z0-9]{20,}/g,
];

/** Runs of what keys are written in: hexadecimal digits, base64, base64url. */
const RUN = /[A-Za-z0-9+/_-]{32,}={0,2}/g;
const HEXADECIMAL = /^(?:0x)?[0-9a-fA-F]{32,}$/;
/** Share of places at which the kind of character changes from which on a run looks random; names of people's making have a fifth. */
const RANDOM = 0.3;
/** An identifier of objects (RFC 9562) is no secret. */
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Replaces every part of `text` that looks like a key. */
export function hideKeys(text: string, mask: string): string {
  let hidden = text;
  for (const pattern of MARKED) hidden = hidden.replace(pattern, mask);
  return hidden.replace(RUN, (run, at: number, whole: string) =>
    looksRandom(run) && !isInPath(whole, at) ? mask : run,
  );
}

function looksRandom(run: string): boolean {
  if (UUID.test(run)) return false;
  if (HEXADECIMAL.test(run)) return /\d/.test(run);
  if (!/\d/.test(run) || !/[a-zA-Z]/.test(run)) return false;
  let changes = 0;
  for (let place = 1; place < run.length; place += 1) {
    if (kindAt(run, place) !== kindAt(run, place - 1)) changes += 1;
  }
  return changes >= run.length * RANDOM;
}

/** Whether the run is a part of a path, where long names of objects are usual: it begins with a slash, or stands behind a dot, tilde or slash. */
function isInPath(whole: string, at: number): boolean {
  return whole[at] === '/' || /[.~/]$/.test(whole.slice(Math.max(0, at - 1), at));
}

function kindAt(text: string, place: number): number {
  const code = text.charCodeAt(place);
  if (code >= 0x30 && code <= 0x39) return 0;
  if (code >= 0x41 && code <= 0x5a) return 1;
  return code >= 0x61 && code <= 0x7a ? 2 : 3;
}
