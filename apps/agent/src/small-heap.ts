import { setFlagsFromString } from 'node:v8';

// An agent works for two milliseconds every two seconds, which is never worth the optimizing compiler: the pages of Node's program
// it consists of, and what it makes, take 4 MB. The space for young objects stays as small as it begins, since what a sample leaves
// fits in it, and garbage is collected before more memory is asked for: bringing a full spool to the hub would take 40 MB more.
setFlagsFromString('--no-opt');
// What is young is a few hundred kilobytes: to wake up other threads for it costs more than they do.
setFlagsFromString('--no-parallel-scavenge');
setFlagsFromString('--semi-space-growth-factor=1');
setFlagsFromString('--optimize-for-size');
