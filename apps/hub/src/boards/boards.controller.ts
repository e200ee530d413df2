import {
  BoardContentSchema,
  IdSchema,
  type Board,
  type BoardContent,
  type List,
} from '@hostdeck/contracts';
import { Body, Controller, Inject, Param } from '@nestjs/common';
import type { Identity } from '../auth/auth.service';
import { CurrentIdentity } from '../auth/request';
import { BOARD_ROUTES } from '../openapi/board-routes';
import { Route } from '../openapi/route';
import { ZodPipe } from '../problems/zod.pipe';
import { BoardsService } from './boards.service';

@Controller()
export class BoardsController {
  constructor(@Inject(BoardsService) private readonly boards: BoardsService) {}

  @Route(BOARD_ROUTES.listBoards)
  async list(@CurrentIdentity() asker: Identity): Promise<List<Board>> {
    return { items: await this.boards.list(asker) };
  }

  @Route(BOARD_ROUTES.readBoard)
  read(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @CurrentIdentity() asker: Identity,
  ): Promise<Board> {
    return this.boards.read(id, asker);
  }

  @Route(BOARD_ROUTES.createBoard)
  create(
    @Body(new ZodPipe(BoardContentSchema)) content: BoardContent,
    @CurrentIdentity() asker: Identity,
  ): Promise<Board> {
    return this.boards.create(content, asker);
  }

  @Route(BOARD_ROUTES.changeBoard)
  change(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @Body(new ZodPipe(BoardContentSchema)) content: BoardContent,
    @CurrentIdentity() asker: Identity,
  ): Promise<Board> {
    return this.boards.change(id, content, asker);
  }

  @Route(BOARD_ROUTES.removeBoard)
  async remove(
    @Param('id', new ZodPipe(IdSchema)) id: string,
    @CurrentIdentity() asker: Identity,
  ): Promise<void> {
    await this.boards.remove(id, asker);
  }
}
