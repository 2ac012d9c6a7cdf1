-- What Atoms do by themselves is written down under their own name.
alter type "ActorKind" add value 'ATOM';
