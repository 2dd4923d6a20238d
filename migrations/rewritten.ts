/** SQL that puts other words into a function that stands; what is to be replaced must be there. */
export const rewritten = (name: string, was: string, becomes: string): string => `
  do $do$
  declare body text := pg_get_functiondef('${name}'::regproc);
  begin
    if strpos(body, $was$${was}$was$) = 0 then raise exception '${name} is not as it was'; end if;
    execute replace(body, $was$${was}$was$, $new$${becomes}$new$);
  end $do$`;
