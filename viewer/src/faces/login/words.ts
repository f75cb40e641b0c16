import { loadWords, type Translations } from '../shared/words';

export const en = {
  title: 'Sign in',
  language: 'Language',
  login: 'User name',
  password: 'Password',
  show: 'Show the password',
  submit: 'Sign in',
  busy: 'Signing in…',
  help: 'Forgotten the password? The administrator of your network can set a new one.',
  missing: 'Enter your user name and your password.',
} as const;

export type Key = keyof typeof en;

const translations: Translations<Key> = {
  fr: async () => ({
    title: 'Connexion',
    language: 'Langue',
    login: 'Nom d’utilisateur',
    password: 'Mot de passe',
    show: 'Afficher le mot de passe',
    submit: 'Se connecter',
    busy: 'Connexion en cours…',
    help: 'Mot de passe oublié ? L’administrateur de votre réseau peut en définir un nouveau.',
    missing: 'Saisissez votre nom d’utilisateur et votre mot de passe.',
  }),
  es: async () => ({
    title: 'Iniciar sesión',
    language: 'Idioma',
    login: 'Nombre de usuario',
    password: 'Contraseña',
    show: 'Mostrar la contraseña',
    submit: 'Entrar',
    busy: 'Entrando…',
    help: '¿Olvidó la contraseña? El administrador de su red puede poner una nueva.',
    missing: 'Escriba su nombre de usuario y su contraseña.',
  }),
  pt: async () => ({
    title: 'Entrar',
    language: 'Idioma',
    login: 'Nome de utilizador',
    password: 'Palavra-passe',
    show: 'Mostrar a palavra-passe',
    submit: 'Entrar',
    busy: 'A entrar…',
    help: 'Esqueceu a palavra-passe? O administrador da sua rede pode definir uma nova.',
    missing: 'Escreva o nome de utilizador e a palavra-passe.',
  }),
  sw: async () => ({
    title: 'Ingia',
    language: 'Lugha',
    login: 'Jina la mtumiaji',
    password: 'Nenosiri',
    show: 'Onyesha nenosiri',
    submit: 'Ingia',
    busy: 'Inaingia…',
    help: 'Umesahau nenosiri? Msimamizi wa mtandao wako anaweza kuweka jipya.',
    missing: 'Andika jina la mtumiaji na nenosiri.',
  }),
  sv: async () => ({
    title: 'Logga in',
    language: 'Språk',
    login: 'Användarnamn',
    password: 'Lösenord',
    show: 'Visa lösenordet',
    submit: 'Logga in',
    busy: 'Loggar in…',
    help: 'Glömt lösenordet? Nätverkets administratör kan ge dig ett nytt.',
    missing: 'Skriv ditt användarnamn och ditt lösenord.',
  }),
};

export const loadLoginWords = () => loadWords<Key>(en, translations);
