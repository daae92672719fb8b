import { Injectable, type OnModuleInit, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { describePolicy, type RouteId } from '#libs/access';
import { type RouteContract, routeMetadata } from './route.decorator.js';

export interface KnownRoute {
  readonly method: string;
  readonly path: string;
  readonly id: RouteId;
}

/** Every route of this process with its row of the policy table. A route without one keeps the desk from starting. */
@Injectable()
export class RouteTable implements OnModuleInit {
  private readonly found: KnownRoute[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    for (const { instance, metatype } of this.discovery.getControllers()) {
      const prototype = Object.getPrototypeOf(instance as object) as Record<string, object>;
      const base = asPath(metatype ? Reflect.getMetadata(PATH_METADATA, metatype) : undefined);
      for (const name of this.scanner.getAllMethodNames(prototype)) {
        const handler = prototype[name];
        const verb: RequestMethod | undefined = handler && Reflect.getMetadata(METHOD_METADATA, handler);
        if (!handler || verb === undefined) continue;
        const path = [base, asPath(Reflect.getMetadata(PATH_METADATA, handler))].filter(Boolean).join('/');
        this.add(`${metatype?.name}.${name}`, RequestMethod[verb], `/${path}`, handler);
      }
    }
  }

  routes(): readonly KnownRoute[] {
    return [...this.found].sort((a, b) => `${a.path} ${a.method}`.localeCompare(`${b.path} ${b.method}`, 'en'));
  }

  /** One line a route: verb, path, row of the table, who may call. */
  lines(): string[] {
    return this.routes().map(({ method, path, id }) => `${method} ${path}  ${id}  ${describePolicy(id)}`);
  }

  private add(handlerName: string, method: string, path: string, handler: object): void {
    const contract = Reflect.getMetadata(routeMetadata, handler) as RouteContract | undefined;
    if (!contract) {
      throw new Error(`${method} ${path} (${handlerName}) names no row of the policy table: add @Route(…) to it`);
    }
    this.found.push({ method, path, id: contract.id });
  }
}

const asPath = (metadata: unknown): string => (typeof metadata === 'string' ? metadata.replace(/^\/|\/$/g, '') : '');
