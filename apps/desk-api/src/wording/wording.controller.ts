import { Body, Controller, Delete, Get, Param, Patch, Post, Put } from '@nestjs/common';
import type { Locale } from '#libs/contracts';
import { type AcknowledgementTemplate, acknowledgementPlaceholders } from '#libs/tickets';
import type { z } from 'zod';
import { Route } from '../access/route.decorator.js';
import { IfMatch } from '../versions/if-match.decorator.js';
import type { SeenVersions } from '../versions/version-tag.js';
import { WordingAdmin } from './wording-admin.service.js';
import {
  channelName,
  localeName,
  previewBody,
  previewShape,
  settingsChange,
  settingsShape,
  templateBody,
  templateShape,
  templatesShape,
} from './wording-shapes.js';

const view = (template: AcknowledgementTemplate) => ({ ...template, builtIn: template.version === 0 });

/** The desk's own words, and what is set for the whole of it. */
@Controller('api/v1')
export class WordingController {
  constructor(private readonly admin: WordingAdmin) {}

  @Get('acknowledgements')
  @Route('acknowledgements.list', {
    summary:
      'Texts of acknowledgements: for each language the one for `any` channel, and those of a channel of its own',
    answer: templatesShape,
  })
  async list() {
    const items = (await this.admin.templates()).map(view);
    return { items, placeholders: acknowledgementPlaceholders, next: null };
  }

  @Post('acknowledgements/preview')
  @Route('acknowledgements.preview', {
    summary: 'What a requester would read; changes nothing',
    status: 200,
    answer: previewShape,
    idempotent: false,
  })
  preview(@Body({ schema: previewBody }) { locale, channel, text }: z.output<typeof previewBody>) {
    return this.admin.preview(locale, channel, text);
  }

  @Put('acknowledgements/:locale/:channel')
  @Route('acknowledgements.write', {
    summary: 'Write the text for a language and a channel; the version of a text that nobody wrote is 0',
    answer: templateShape,
    ifMatch: 'optional',
  })
  async write(
    @Param('locale', { schema: localeName }) locale: Locale,
    @Param('channel', { schema: channelName }) channel: string,
    @IfMatch() versions: SeenVersions,
    @Body({ schema: templateBody }) { text }: z.output<typeof templateBody>,
  ) {
    return view(await this.admin.write(locale, channel, versions, text));
  }

  @Delete('acknowledgements/:locale/:channel')
  @Route('acknowledgements.remove', { summary: 'Go back to the more general text', status: 204 })
  remove(
    @Param('locale', { schema: localeName }) locale: Locale,
    @Param('channel', { schema: channelName }) channel: string,
  ): Promise<void> {
    return this.admin.remove(locale, channel);
  }

  @Get('settings')
  @Route('settings.get', { summary: 'What is set for the whole desk', answer: settingsShape })
  settings() {
    return this.admin.settings();
  }

  @Patch('settings')
  @Route('settings.update', {
    summary: 'Change what is set for the whole desk',
    answer: settingsShape,
    ifMatch: 'required',
  })
  change(@IfMatch() versions: SeenVersions, @Body({ schema: settingsChange }) change: z.output<typeof settingsChange>) {
    return this.admin.change(versions, change);
  }
}
