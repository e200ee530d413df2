import { BOARD_LIMITS, type Board, type BoardContent } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Identity } from '../auth/auth.service';
import { newId } from '../auth/secrets';
import { CLOCK, type Clock } from '../config/tokens';
import { ProblemError } from '../problems/problem';
import { BoardsRepository, type StoredBoard } from './boards.repository';

/**
 * Boards of people. Everybody has their own, which nobody else sees; shared ones are seen by all, and made, changed and
 * removed by operators. An own board that is not somebody's is to them as if it were not there.
 */
@Injectable()
export class BoardsService {
  constructor(
    @Inject(BoardsRepository) private readonly boards: BoardsRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async list(asker: Identity): Promise<Board[]> {
    const boards = await this.boards.visibleTo(asker.user.id);
    return boards.map((board) => shown(board, asker));
  }

  /** @throws {ProblemError} when there is none that the asker may see */
  async read(id: string, asker: Identity): Promise<Board> {
    return shown(await this.visible(id, asker), asker);
  }

  /** @throws {ProblemError} when it is to be shared and the asker may not, or has too many */
  async create(content: BoardContent, asker: Identity): Promise<Board> {
    checkSharing(content, asker);
    const own = await this.boards.visibleTo(asker.user.id);
    if (own.filter(({ ownerId }) => ownerId === asker.user.id).length >= BOARD_LIMITS.boards) {
      throw new ProblemError(
        'conflict',
        `you have ${String(BOARD_LIMITS.boards)} boards, which is the most: remove one first`,
      );
    }
    const { id: ownerId, username: owner } = asker.user;
    const board = { id: newId(), ownerId, owner, content, changedAt: this.now() };
    await this.boards.save(board);
    return shown(board, asker);
  }

  /** @throws {ProblemError} when there is none, or the asker may not change it */
  async change(id: string, content: BoardContent, asker: Identity): Promise<Board> {
    const before = await this.changeable(id, asker);
    checkSharing(content, asker);
    const board = { ...before, content, changedAt: this.now() };
    await this.boards.save(board);
    return shown(board, asker);
  }

  /** @throws {ProblemError} when there is none, or the asker may not change it */
  async remove(id: string, asker: Identity): Promise<void> {
    await this.changeable(id, asker);
    await this.boards.remove(id);
  }

  private async visible(id: string, asker: Identity): Promise<StoredBoard> {
    const board = await this.boards.find(id);
    if (board === null || !(board.content.shared || board.ownerId === asker.user.id)) {
      throw new ProblemError('not_found', 'there is no such board');
    }
    return board;
  }

  private async changeable(id: string, asker: Identity): Promise<StoredBoard> {
    const board = await this.visible(id, asker);
    if (!mayChange(board, asker)) {
      throw new ProblemError('forbidden', 'a shared board is changed by operators');
    }
    return board;
  }
}

function mayShare({ user: { role } }: Identity): boolean {
  return role === 'operator' || role === 'admin';
}

function mayChange({ ownerId, content }: StoredBoard, asker: Identity): boolean {
  return content.shared ? mayShare(asker) : ownerId === asker.user.id;
}

function checkSharing({ shared }: BoardContent, asker: Identity): void {
  if (shared && !mayShare(asker)) {
    throw new ProblemError('forbidden', 'boards are shared by operators');
  }
}

function shown(board: StoredBoard, asker: Identity): Board {
  const { id, owner, content, changedAt } = board;
  return { id, owner, ...content, mayChange: mayChange(board, asker), changedAt };
}
