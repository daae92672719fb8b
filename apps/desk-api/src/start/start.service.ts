import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AccessService, AccessSweep, ApiKeysService } from '#libs/access';
import { DeskApiConfig } from '../desk-api.config.js';

const hourMs = 3_600_000;

/** What the environment declares is there before the first request: the administrator and the key. Sweeps hourly. */
@Injectable()
export class StartService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(StartService.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly access: AccessService,
    private readonly keys: ApiKeysService,
    private readonly old: AccessSweep,
    private readonly config: DeskApiConfig,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { ADMIN_EMAIL, ADMIN_PASSWORD, BOOTSTRAP_API_KEY } = this.config.variables;
    if (ADMIN_EMAIL && ADMIN_PASSWORD) await this.access.ensureAdministrator(ADMIN_EMAIL, ADMIN_PASSWORD);
    await this.keys.ensureBootstrapKey(BOOTSTRAP_API_KEY);
    this.timer = setInterval(() => void this.sweep(), hourMs).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async sweep(): Promise<void> {
    await this.old.forgetOld().catch((fault: Error) => this.log.warn(`Old sessions were not swept: ${fault.message}`));
  }
}
