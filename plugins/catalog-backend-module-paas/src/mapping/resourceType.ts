const types: readonly (readonly [RegExp, string])[] = [
  [
    /postgres|mysql|mariadb|mongo|cassandra|cockroach|clickhouse|couchdb|influx/,
    'database',
  ],
  [/redis|valkey|memcached|keydb|dragonfly/, 'cache'],
  [/rabbitmq|kafka|nats|pulsar|activemq|redpanda/, 'queue'],
  [/elasticsearch|opensearch|solr|meilisearch|typesense/, 'search'],
  [/minio|seaweedfs|rustfs/, 'object-storage'],
  [/keycloak|dex|authentik/, 'identity'],
];

/** `spec.type` of the Resource of a chart, by its name: `bitnami/redis` is a cache. */
export function resourceType(chart: string): string {
  const name = chart.split('/').at(-1) ?? chart;
  return types.find(([pattern]) => pattern.test(name))?.[1] ?? 'helm-chart';
}
