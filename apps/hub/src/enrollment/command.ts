/** Quotes a value for a POSIX shell: inside single quotes nothing has a meaning but the quote itself. */
export function shellQuote(value: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

/** The one line that gets, enrolls and runs an agent on another machine; that machine needs nothing but Node. */
export function enrollCommand(hubUrl: string, token: string): string {
  const file = 'hostdeck-agent.mjs';
  return [
    `curl -fsSL ${shellQuote(`${hubUrl}/api/agent/main.js`)} -o ${file}`,
    `node ${file} enroll --hub ${shellQuote(hubUrl)} --token ${shellQuote(token)}`,
    `node ${file} run`,
  ].join(' && ');
}
