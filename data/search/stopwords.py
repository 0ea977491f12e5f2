"""Words that say nothing about what is looked for, in four languages, as `text.fold` writes them.

Two kinds. Grammar words (articles, prepositions, question words) are left out of the index and of queries. Soft words
("experience", "need", "help", "which countries") do occur in titles, so they are indexed; in a query they can lift a
result but are never a reason for one, unless nothing else was typed.

A word that is grammar in one language and means something in another (`car`, `main`, `sale`) is left out of the lists:
a query may be in any of the four.
"""

_GRAMMAR = {
    "en": """
        a about above across after again against all along also although am among an and another any are around as at
        be because been before being below between both but by can could did do does doing done during each either etc
        every few for from further had has have having he her here hers him his how however i if in into is it its
        just let lot many may me might mine more most much must my neither no nor not of off on once only onto or
        other others our ours out over own per same shall she should since so some such than that the their theirs
        them then there therefore these they this those though through thus to together too toward towards under until
        up upon us very via was we were what whatever when where whether which while who whom whose why will with
        within without would yet you your yours isnt arent dont doesnt didnt cant couldnt wont wouldnt whats whos ive
        im id youre theyre weve
    """,
    "fr": """
        a afin ai ainsi alors apres as au aucun aucune aussi autre autres aux avaient avais avait avant avec avez
        avoir avons beaucoup bien c ca ce ceci cela celle celles celui ces cet cette ceux chaque chez ci comme comment
        contre d dans de deja depuis des desquels donc dont du elle elles en encore entre es est et etaient etait
        etant ete etes etre eu eux faut furent fut grace ici il ils j jamais je jusque l la laquelle le lequel les
        lesquelles lesquels leur leurs lors lorsque lui m ma mais malgre me meme memes mes moi moins mon n ne ni nos
        notre nous on ont ou par parmi parce pas pendant peu peut peuvent plus plusieurs pour pourquoi puis qu quand
        que quel quelle quelles quels qui quoi sa sans se selon sera seront ses si soi soit sommes son sont sous suis
        sur t ta tandis tant te tel telle telles tels tes toi ton toujours tous tout toute toutes tres trop tu un une
        vers via voici voila vos votre vous y egard combien quelque quelques aujourdhui
    """,
    "es": """
        a acerca adonde ahi ahora al algo algun alguna algunas alguno algunos alli ambas ambos ante antes aquel
        aquella aquellas aquellos aqui asi aun aunque bajo bien cada casi como con contra cual cuales cualquier cuando
        cuanta cuantas cuanto cuantos cuya cuyas cuyo cuyos de debe deben del desde despues donde dos durante e el
        ella ellas ello ellos en entonces entre era eran es esa esas ese eso esos esta estaba estamos estan estar
        estas este esto estos fue fueron ha habia han has hasta hay haya he hemos incluso la las le les lo los mas me
        mediante menos mi mis misma mismas mismo mismos mucha muchas mucho muchos muy nada nadie ni ninguna ninguno no
        nos nosotras nosotros nuestra nuestras nuestro nuestros nunca o os otra otras otro otros para pero poca poco
        por porque pues puede pueden puedo que quien quienes se sea segun ser si sido siempre sin sino sobre son soy
        su sus tal tambien tampoco tan tanto te ti toda todas todavia todo todos tras tu tus u un una unas unos usted
        ustedes y ya yo
    """,
    "pt": """
        a acerca agora ainda algo alguem algum alguma algumas alguns ambos ante antes ao aos apos aquela aquelas
        aquele aqueles aqui as assim ate cada com como contra cuja cujas cujo cujos da das de dela delas dele demais
        deles depois desde dessa dessas desse desses desta destas deste destes deve devem do dos durante e ela elas
        ele eles em enquanto entre era eram essa essas esse esses esta estao estas estava este estes eu foi foram ha
        ir isso isto ja la lhe lhes lo mais mas me mediante meio menos mesma mesmas mesmo mesmos meu meus mim minha
        minhas muita muitas muito muitos na nada nao nas nem nenhum nenhuma nessa nesse nesta neste ninguem no nos
        nossa nossas nosso nossos num numa nunca o onde os ou outra outras outro outros para pela pelas pelo pelos
        perante pode podem por porem porque pouco pra qual quais qualquer quando quanta quantas quanto quantos que
        quem sao se seja sem sempre ser seu seus sim sob sobre sou sua suas tal tambem tampouco tanto tao te tem temos
        tenho teu teus ti toda todas todavia todo todos tu tua tuas tudo um uma umas uns voce voces
    """,
}

_SOFT = {
    "en": """
        able access address addressing adopt advance aim aims answer answers anybody anyone anything apply applying
        approach approaches area areas ask asks available avoid bad base based basic become begin best better big
        build building call called carry case cases change choose clear combat combating come common compare
        concerning conduct consider contact convince countries country create creating current currently day days deal
        dealing decide deliver describe design designing detail details develop developing different difficult do
        doing done easy effect effective effectively encourage end ending engage engaging ensure ensuring especially
        establish event example examples excellent exist existing exists expand experience experienced experiences
        expert experts explain held hold holding face faced facing fight fighting find finding follow full fully
        general get getting give given gives giving go goes going good got great group groups guys handle handling
        happen happens hard hello help helped helpful helping helps hey hi high idea ideas implement implementing
        implementation important improve improved improving include included including increase increasing info inform
        information informed interest interested international introduce introducing involve involved involving issue
        issues join keep kind kinds know knowing known knows large last latest lead leading learn learned learning
        learnt less level like link links list little local long look looking low made main make makes making manage
        managing matter matters mean means meet meeting model much name national necessary need needed needs new next
        nice number obtain offer offers official ongoing open organise organize participate part people perform
        perhaps person persons place places plan planning please point points possible practical practically prepare
        present problem problems process produce promote promoting propose provide provided provides providing publish
        published purpose put question questions quick quickly read reading ready really recent recently recommend
        recommended reduce reducing regarding related relevant request requests resource resources respond responding
        result results right role roles run running say see seek seeking set setting several share shared sharing
        short show showing shows similar simple situation situations small somebody someone something specific start
        started starting step steps still stop stopping stuff subject successful successfully suggest suggestion
        suggestions support supporting supports take taken takes taking talk talking task tell telling text thank
        thanks thing things think time times title today tool topic topics tried tries try trying type types
        understand understanding urgent use used useful uses using want wanted wants way ways whole wish work worked
        working works world worldwide write year years
    """,
    "fr": """
        accompagner adopter agir ai aide aident aider aime aimerais ajouter aller amelioration ameliorer annee annees
        appliquer approche approches apprendre au augmenter avancer besoin besoins bon bonjour bonne bonnes bons but
        cas chercher cherche cherchons chose choses comparer concernant concerne conduire connait connaissez connaitre
        conseiller construire contacter convaincre creer demande demander derniere dernier dernieres derniers
        developper different differents dire dispose disponible disponibles dites document documents domaine domaines
        donne donner donnez effet efficace efficaces eleve encourager ensemble envers exemple exemples existe existent
        existant existants experience experiences expert experts expertise expliquer expliquez facile faire fait
        faites favoriser font fournir general generale gens gerer grand grande grands groupe groupes idee idees
        important importante indiquer info infos information informations informer integrer interesse international
        internationale introduire jour jours lancer lien lire lutte lutter liste local locale locales main mener merci
        mettre mieux mis mise monde montrer monter national nationale nationales necessaire niveau nom nouveau
        nouvelle nouvelles objectif obtenir officiel officielle organiser parle parler participer pays permettre
        personne personnes petit petite place plait point possible pouvez pouvoir pratique preparer presenter prendre
        probleme problemes processus promouvoir proposer prevoir publier question questions qualite rapidement
        realiser recent recente recents recherche recherchons recommander recommandez reduire reduction relatif
        relative relatifs relatives repondre reponse ressource ressources reussi reussir reussite role salut savez
        savoir sait sein similaire simple situation situations souhaite souhaiterais sujet sujets suivre support sur
        surtout svp tache theme themes titre tenir traitement trouve trouver trouvez type types urgent utile utiles
        utiliser utilise vais veut veux veuillez veulent voir voudrais voulons vouloir vrai
    """,
    "es": """
        abordar actual actuales adoptar ano anos aplicacion aplicar aprender area areas asunto aumentar ayuda ayudan
        ayudar ayude bueno buena buenas buenos busca buscamos buscando buscar busco caso casos combatir comparar
        compartir conoce conocen conocer conocimiento consejo consejos construir contactar contar convencer cosa cosas
        crear cuenta cuentan dar decir dia dias dice dicen diferente diferentes disponible disponibles documento
        documentos efectiva efectivas efectivo efectivos eficaz eficaces ejemplo ejemplos elaborar encontrar encuentro
        ensenar enfrentar establecer evitar existe existen existente existentes experiencia experiencias experta
        expertas experto expertos explica explicar facil favor fomentar forma formas general generales gente gracias
        gran grande grandes grupo grupos gusta gustaria hacer hace hacen hola idea ideas implementar implementacion
        importante importantes info informacion informar iniciar integrar interesa interesada interesado internacional
        internacionales introducir ir leer libro ligado lista llevar local locales lograr lucha luchar manera maneras
        mayor mejor mejora mejorar mejores menor modo mostrar mundo muestra nacional nacionales necesaria necesario
        necesita necesitamos necesitan necesito necesidad nivel nombre nueva nuevas nuevo nuevos objetivo obtener
        oficial organizar pais paises parte participar pasos pedir pequeno persona personas poder podemos podria poner
        posible practico pregunta preguntas preparar problema problemas proceso promover proponer proporcionar
        publicar quiere quieren quiero quisiera real realizar reciente recientes recomienda recomendar recurso
        recursos reducir relacionada relacionado relativa relativo responder respuesta sabe saben saber sabemos serie
        similar sirve situacion situaciones tema temas tener tenemos tengo tiene tienen tipo tipos titulo tomar
        tratamiento trabaja trabajan trabajando trabajar trabajo tratar ultima ultimas ultimo ultimos urgente usar
        utilizar util utiles varias varios ver vez vida
    """,
    "pt": """
        abordar adotar ajuda ajudam ajudar alcancar ano anos aplicar aplicacao aprender area areas assunto atual
        atuais aumentar boa boas bom bons busca buscando buscar busco caso casos coisa coisas combate combater
        comparar compartilhar conhece conhecem conhecer conhecimento conselho construir conta contar contato convencer
        criar dar desenvolver dia dias diferente diferentes diz dizer documento documentos disponivel disponiveis
        efetiva efetivo eficaz eficazes elaborar encontrar encontro enfrentar ensinar estabelecer estou evitar exemplo
        exemplos existe existem existente existentes experiencia experiencias especialista especialistas explica
        explicar facil favor fazem fazer faz forma formas geral gerais gente gostaria grande grandes grupo grupos
        ideia ideias implementar implementacao importante importantes info informacao informacoes informar iniciar
        integrar interessa interessada interessado internacional internacionais introduzir ler lista local locais
        lidar lutar maior maneira maneiras melhor melhora melhorar melhores menor modo mostrar mostre mundo nacional
        nacionais necessario necessaria necessidade nivel nome nova novas novo novos objetivo obrigada obrigado obter
        oficial oi ola organizar pais paises parte participar passos pedir pequeno pergunta perguntas pessoa pessoas
        poder podemos poderia por possivel pratico precisa precisamos precisam preciso preparar problema problemas
        processo procura procurando procurar procuro promover propor publicar quer querem quero queria questao
        questoes realizar recente recentes recomenda recomendar recurso recursos reduzir relacionada relacionado
        relativa relativo responder resposta sabe sabem saber sei similar situacao situacoes tema temas ter tenha tipo
        tipos titulo tomar trabalha trabalham trabalhando trabalhar trabalho tratamento tratar ultima ultimas ultimo
        ultimos urgente usar util uteis varias varios ver vez vida voce
    """,
}

GRAMMAR = frozenset(word for words in _GRAMMAR.values() for word in words.split())
SOFT = frozenset(word for words in _SOFT.values() for word in words.split()) - GRAMMAR
