// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('paas_audit', table => {
    table.comment('Who did what, and who was refused what');
    // Grows with each line: the order of the list, and its cursor.
    table.bigIncrements('id');
    table.string('at', 32).notNullable().comment('RFC 3339 in UTC');
    table.string('who', 512).notNullable();
    table.string('action', 128).notNullable();
    table.string('cluster', 256);
    table.string('tenant', 256);
    table
      .string('tenant_uid', 64)
      .comment('A successor of the same name sees none of these lines');
    table.string('namespace', 256);
    table.string('name', 256);
    table.boolean('allowed').notNullable();
    table.string('result', 16).notNullable();
    table.text('message');
    table.index(['at'], 'paas_audit_at');
    table.index(['tenant_uid', 'id'], 'paas_audit_tenant');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('paas_audit');
};
