import { Injectable } from '@nestjs/common';
import { rows, type Db } from '#libs/database';

/** What came and what was closed within some time. */
export interface Traffic {
  readonly arrived: number;
  /** Tickets that are closed still. */
  readonly closed: number;
}

/** One quarter of an hour, by the clock. */
export interface Quarter extends Traffic {
  readonly at: Date;
  /** The same quarter a week before. */
  readonly weekAgo: Traffic;
}

/** How tickets come and go. */
@Injectable()
export class TicketTrendRepository {
  /**
   * The quarter that runs now and the eight before it. Whatever was closed within a week was changed within it, so the
   * index of the latest changes finds both ends of the week.
   */
  quarters(db: Db): Promise<Quarter[]> {
    const arrived = (from: string): string =>
      `(select count(*)::int from ticket where created_at >= ${from} and created_at < ${from} + interval '15 minutes')`;
    const closed = (from: string): string => `coalesce((select count from closing where closing.at = ${from}), 0)`;
    const now = 'quarter.at';
    const before = `(quarter.at - interval '7 days')`;
    return rows(
      db,
      `with quarter as (
         select date_bin('15 minutes', now(), 'epoch') - n * interval '15 minutes' as at from generate_series(0, 8) n
       ), closing as (
         select date_bin('15 minutes', closed_at, 'epoch') as at, count(*)::int as count from ticket
         where updated_at >= now() - interval '7 days 3 hours' and closed_at >= now() - interval '7 days 3 hours'
         group by 1
       )
       select at, ${arrived(now)} as arrived, ${closed(now)} as closed,
         jsonb_build_object('arrived', ${arrived(before)}, 'closed', ${closed(before)}) as "weekAgo"
       from quarter order by at`,
    );
  }
}
