// A process of the desk with nothing to do, for serve.medium-spec.ts; runs on the build.
import { setTimeout as pause } from 'node:timers/promises';
import { Controller, Get, Module } from '@nestjs/common';
import { commonConfig, PlatformModule, serve } from '../../../dist/libs/platform/src/index.js';

class SlowController {
  async slow() {
    await pause(500);
    return { done: true };
  }
}
Controller()(SlowController);
Get('slow')(SlowController.prototype, 'slow', Object.getOwnPropertyDescriptor(SlowController.prototype, 'slow'));

class AppModule {}
Module({})(AppModule);

await serve('served', commonConfig, (config) => ({
  module: AppModule,
  imports: [PlatformModule.forRoot({ name: 'served', config })],
  controllers: [SlowController],
}));
