/*
 * Libraries check less where they are told that they serve: graphql compares names in every check of a type otherwise, a tenth
 * of the CPU of a request. Whoever wants the checks sets NODE_ENV to development.
 */
process.env['NODE_ENV'] ??= 'production';
