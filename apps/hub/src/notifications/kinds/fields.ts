/** Fields that several kinds have. */
import { z } from 'zod';

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

/** Where requests go. Without a name and password inside: those would be shown with it. */
export function addressField() {
  return z
    .string()
    .trim()
    .max(2_000)
    .refine(isWebAddress, 'expected an address such as https://example.com/path');
}

/** An address that is a secret by itself, as those of incoming webhooks are. */
export function secretAddressField(title: string, description?: string) {
  return addressField().meta({ title, writeOnly: true, ...(description ? { description } : {}) });
}

/** A password, token or key. It goes into a header, so that it is one line of printable ASCII. */
export function secretField(title: string, description?: string) {
  return z
    .string()
    .trim()
    .min(1, 'is needed')
    .max(2_000)
    .regex(/^[\x20-\x7e]*$/, 'expected letters, digits and signs of ASCII')
    .meta({ title, writeOnly: true, ...(description ? { description } : {}) });
}

/** A line of text. */
export function textField(title: string, description?: string) {
  return z
    .string()
    .trim()
    .min(1, 'is needed')
    .max(500)
    .meta({ title, ...(description ? { description } : {}) });
}

/** The address of a server on which paths are put. */
export function serverField(initial?: string) {
  const field = addressField().refine(
    (text) => URL.canParse(text) && new URL(text).search === '' && new URL(text).hash === '',
    'expected an address without a query',
  );
  return initial === undefined
    ? field.meta({ title: 'Server' })
    : field.default(initial).meta({ title: 'Server' });
}

/** An address below a server's. @param path without a leading slash */
export function below(server: string, path: string): string {
  return `${server.replace(/\/+$/, '')}/${path}`;
}
