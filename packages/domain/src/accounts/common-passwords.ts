const atLeastEightCharacters = `
  11111111 22222222 00000000 123123123 12341234 12344321 1234554321 11223344 12121212 147258369 147852369 159357456
  741852963 789456123 963852741 1314520520 5201314520
  1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 zaq12wsx zaq1zaq1
  12qwaszx qazwsxedc qweasdzxc qwe123qwe 123qweasd 123qwe123 1234qwer qwer1234 asdf1234 asdfasdf asdasdasd zxcvzxcv
  qweqweqwe azertyuiop qwertzuiop abcabcabc abcd1234 abc12345 abcd12345 a1b2c3d4 aabbccdd aa123456 a1234567
  iloveyou ilovegod iloveu2 loveyou1 lovelove loveme123 imissyou sweetheart babygirl mylove123 beautiful friendship
  sunshine princess football baseball basketball softball volleyball swimming superman spiderman batman123 wolverine
  starwars startrek pokemon123 minecraft nintendo playstation warcraft butterfly chocolate strawberry blueberry
  pineapple snowflake rainbow1 diamond1 mountain midnight darkness evolution explorer elephant scorpion dolphins
  penguin1 cocacola computer internet facebook linkedin instagram whatever whatever1 trustno1 letmein1 letmein123
  welcome1 welcome123 changeme changeme123 changeit default1 secret123 topsecret security mypassword mypass123
  newpassword nopassword passpass passphrase password passwort motdepasse contrasena administrator superuser rootroot
  testtest test1234 testing123 tester123 guest123 demo1234 admin123 adminadmin root1234 user1234 sysadmin
  alexander benjamin christian christopher danielle elizabeth francesco gabriella isabella jennifer jonathan jessica1
  kimberly kristina leonardo margaret michelle nicholas patricia rebecca1 samantha sebastian stephanie thompson
  valentina veronica victoria vladimir liverpool arsenal1 chelsea1 manchester barcelona realmadrid juventus
  steelers1 yankees1 cowboys1 america1 pakistan australia scotland deutschland november december september
  mercedes corvette motorola samsung1 qwertyuiop asdfghjkl zxcvbnm123 poiuytrewq mnbvcxz123 blink182 jordan23 metallica
  slipknot nirvana1 airborne marlboro redskins panthers wildcats bulldogs victory1 success1 business marketing
  packline integration release production
`

const words = `
  abc admin angel apple arsenal asdf asdfgh ashley azerty bailey banana batman buster changeme charlie cheese chelsea
  computer cookie daniel default demo diamond dragon eagle family flower freedom friends george ginger guest hannah
  hello hunter internet jessica jordan joshua killer letmein liverpool london love lovely maggie master matrix matthew
  merlin michael monkey mustang naruto nicole orange pass passwd password passwort peanut pepper phoenix pokemon
  princess purple qazwsx qwert qwerty qwertz rainbow ranger robert root samsung secret shadow silver soccer spring
  summer sunshine superman system taylor test testing thomas thunder tigger user welcome whatever winner winter
  yankees zxcvbn packline orchard
`

const split = (text: string) => text.trim().split(/\s+/)

/** Passwords that everybody who guesses tries first. Those of fewer than eight characters are refused for their length. */
export const commonPasswords: ReadonlySet<string> = new Set(split(atLeastEightCharacters))

/** Words that no digits and signs around them make into a password. */
export const commonWords: ReadonlySet<string> = new Set(split(words))
