import { setFlagsFromString } from 'node:v8';

// An agent works for two milliseconds every two seconds, which is never worth the optimizing compiler: the pages of Node's program
// it consists of, and what it makes, take 4 MB. The space for young objects stays as small as it begins: everything that a
// sample leaves fits in it, and going through a full spool does not make it large for good.
setFlagsFromString('--no-opt');
setFlagsFromString('--semi-space-growth-factor=1');
