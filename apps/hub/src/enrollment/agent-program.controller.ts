import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Controller, Inject, StreamableFile } from '@nestjs/common';
import { PROGRAM_FOLDERS, type ProgramFolders } from '../config/folders';
import { Route } from '../openapi/route';
import { ROUTES } from '../openapi/routes';
import { ProblemError } from '../problems/problem';

/** Hands out the agent, so that a machine gets the one that fits its hub. */
@Controller()
export class AgentProgramController {
  constructor(@Inject(PROGRAM_FOLDERS) private readonly folders: ProgramFolders) {}

  @Route(ROUTES.agentProgram)
  async read(): Promise<StreamableFile> {
    const path = join(this.folders.agent, 'main.js');
    const found = await stat(path).catch(() => null);
    if (found === null) {
      throw new ProblemError(
        'not_found',
        'this hub was built without the agent: run `npm run build`',
      );
    }
    return new StreamableFile(createReadStream(path), {
      type: 'text/javascript; charset=utf-8',
      length: found.size,
    });
  }
}
