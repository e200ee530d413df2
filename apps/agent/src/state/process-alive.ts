import { errorCode } from '../log/error-code';

/** Whether there is a process with this id. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, but of another user.
    return errorCode(error) === 'EPERM';
  }
}
