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
        able access address addressing adopt advance ago aim aims allow allowed allows almost always answer answers
        anybody anyone anything anywhere apply applying approach approaches area areas ask asks available average
        avoid bad base based basic become begin beside besides best better big bigger bit bits bring build building
        call called came carry case cases cause caused certain certainly change choose clear clearly combat combating
        come common compare concerning conduct consider contact contain contains continue convince countries country
        couple create creating current currently daily day days deal dealing decide deliver depend depends describe
        design designing detail details develop developing different difficult double early easy effect effective
        effectively enable encourage end ending ends engage engaging enough ensure ensuring especially establish event
        ever everyone everything everywhere exactly example examples excellent exist existing exists expand expect
        experience experienced experiences expert experts explain face faced facing fail failed false feel felt fight
        fighting find finding fit follow full fully general get getting give given gives giving go goes going gone
        good got great group groups grow guys hand handle handling happen happens hard held hello help helped helpful
        helping helps hey hi high higher hold holding hope hour hours idea ideas implement implementation implementing
        important improve improved improving include included including increase increasing info inform information
        informed inside interest interested international introduce introducing involve involved involving issue
        issues job jobs join keep kept kind kinds know knowing known knows lack large last late later latest lead
        leading learn learned learning learnt leave left less level like line link links list little local long look
        looking lose lots love low lower made main mainly make makes making manage managing matter matters maybe mean
        means meet meeting mention minute minutes model month monthly months mostly move name national nearly
        necessary need needed needs never new next nice nobody none nothing notice number obtain offer offers official
        often old ongoing open order organise organize outside part participate particular particularly parts people
        perform perhaps person persons place placed places placing plan planning please point points possible
        practical practically prepare present pretty probably problem problems process produce promote promoting
        propose prove provide provided provides providing publish published purpose put puts question questions quick
        quickly quite raise rather reach read reading ready really receive recent recently recommend recommended
        reduce reducing regarding related relevant remain remove replace request requests resource resources respond
        responding result results return right role roles run running save say see seek seeking seem seems send
        serious serve set setting several share shared sharing short show showing shows side sides similar simple
        single situation situations small solve somebody someone something sometimes somewhere soon sort specific
        spend stand start started starting stay step steps still stop stopping strong stronger stuff subject
        successful successfully suffer suggest suggestion suggestions support supporting supports suppose sure take
        taken takes taking talk talking task team teams tell telling tend text thank thanks thing things think time
        times title today tool topic topics total touch tried tries true try trying turn type types unable understand
        understanding urgent use used useful uses using usual usually various wait walk want wanted wants way ways
        week weekly weeks went whole wide wish wonder work worked working works world worldwide worth write wrong
        wrote year yearly years yesterday young
    """,
    "fr": """
        temps accompagner adopter agir aide aident aider aime aimerais ajoute ajouter aller amelioration ameliorer annee
        annees appeler appliquer apporter apprendre appris approche approches arreter arriver assez attendre augmenter
        avance avancer bas basse beau belle besoin besoins bientot bon bonjour bonne bonnes bons cas cesser cherche
        chercher cherchons chose choses comparer concernant concerne conduire connaissez connait connaitre connu
        connue conseiller construire contacter contient continuer convaincre correspond court courte creer croire
        decrire dedans dehors demande demander depend dernier derniere dernieres derniers deuxieme developper devenir
        devoir devrait different differents dire disponible disponibles dispose dites document documents dois doit
        doivent domaine domaines donne donner donnez effet efficace efficaces eleve encourager ensemble entrer envers
        environ essayer eviter exemple exemples existait existant existants existe existent experience experiences
        expert expertise experts expliquer expliquez facile faible faire fait faites faux favoriser fin finir fins
        fois font fournir garder general generale gens gerer grand grande grands groupe groupes haut haute heure
        heures hier idee idees important importante indiquer info information informations informer infos integrer
        interesse international internationale introduire jour jours laisser lancer lien lieu lire liste local locale
        locales long longue lutte lutter main maintenant mal maniere manque mener merci met mettent mettre mieux
        minute minutes mise mois monde monter montrer national nationale nationales necessaire niveau nom nombre
        nombreuses nombreux notamment nouveau nouvelle nouvelles objectif objet obtenir occasion officiel officielle
        organiser ouvrir parfois parle parler participer particulierement partout passer pays pense penser perdre
        permet permettent permettre personne personnes petit petite place plait plutot point porter poser possible
        pouvez pouvoir pratique premier premiere prend prendre preparer present presente presenter presque prevoir
        principalement probleme problemes processus promouvoir proposer propre propres publier qualite question
        questions raison rapidement rarement realiser recent recente recents recevoir recherche recherchons
        recommander recommandez reduction reduire relatif relatifs relative relatives repondre reponse ressource
        ressources reste rester reussi reussir reussite rien role sait salut savez savoir second
        seconde sein semaine semaines sembler sens servir seul seule seulement seules seuls similaire simple
        simplement situation situations sorte sortes sortir souhaite souhaiter souhaiterais souvent suivre sujet
        sujets support surtout svp tache tard tenir terminer theme themes tient titre tomber toucher traitement
        travail travaille travaillent travailler trouve trouver trouvez type types urgent utile utiles utilise
        utiliser vais venir veuillez veulent veut veux vieux vite vivre voir voudrais vouloir voulons vrai vraiment
    """,
    "es": """
        tiempo abordar abrir
        acaba acabar acceder actual actuales actuar adoptar alcanzar alguien alta alto anadir ano anos
        aplicacion aplicar aprender area areas asegurar asunto aumenta aumentar ayer ayuda ayudan ayudar ayude baja
        bastante bonito buena buenas bueno buenos busca buscamos buscando buscar busco caso casos cerca claro colocar
        combatir comenzar comparar compartir completo comun conoce conocen conocer conocida conocido conocimiento
        conseguir consejo consejos construir contactar contar contiene continuar convencer correcto corresponde corto
        cosa cosas crear creer cuenta cuentan cumplir dar deberia deberian debo decir dejar dentro describir dia dias
        dice dicen diferente diferentes dio disponible disponibles distintas distintos documento documentos efectiva
        efectivas efectivo efectivos efecto eficaces eficaz ejemplo ejemplos elaborar empezar encima encontrar
        encuentro enfrentar ensenar entrar enviar escribir especialmente esperar establecer evita evitan evitar existe
        existen existente existentes experiencia experiencias experta expertas experto expertos explica explicacion
        explicar facil falso faltar favor fin fines fomentar forma formas frente fuera fuerte funciona funcionan
        general generales gente gracias gran grande grandes grupo grupos gusta gustaria hablar hace hacen hacer hecho
        hola hora horas idea ideas igual implementacion implementar importante importantes indica info informacion
        informar iniciar integrar intentar interesa interesada interesado internacional internacionales introducir
        largo leer lejos libro ligado lista llamar llegar llevar local locales lograr lucha luchar lugar lugares mal
        manera maneras mantener mayor mediano mejor mejora mejorar mejores menor menudo meses mientras minuto minutos
        mirar modo momento mostrar motivo muestra mundo nacional nacionales necesaria necesario necesidad necesita
        necesitamos necesitan necesitar necesito nivel nombre normal nota nueva nuevas nuevo nuevos numero objetivo
        obtener oficial ofrecen ofrecer ojala organizar pais paises parar parecer parte participar particularmente
        pasar pasos pedir pensar pequeno perder persona personas pocas pocos podemos poder podria podrian ponen poner
        posible practico pregunta preguntas preparar primer primera primero principalmente problema problemas proceso
        promover pronto propia propias propio propios proponer proporcionar proxima proximo publicar punto puntos
        quedan quedar querer quiere quieren quiero quisiera quiza quizas razon real realizar recibir reciente
        recientes recomendar recomienda recurso recursos reducir regular relacionada relacionado relativa relativo
        responder respuesta sabe sabemos saben saber sacar salir seguir segunda segundo semana
        semanas senalar sencilla sentido sentir serie similar simple sirve situacion situaciones sola solas solo solos
        suele tales tanta tarde tema temas tenemos tener tengo terminar tiene tienen tipo tipos titulo tomar total
        trabaja trabajan trabajando trabajar trabajo tratamiento tratar ultima ultimas ultimo ultimos urgente usar
        util utiles utilizar varias varios venir ver verdad verdadero vez vida viejo vista vivir volver
    """,
    "pt": """
        abordar abrir acaba acabar acessar adotar agir ajuda ajudam ajudar alcancar alem alta alto ano anos apenas
        aplicacao aplicar aprender area areas assegurar assunto atuais atual aumenta aumentar baixa baixo bastante boa
        boas bom bons busca buscando buscar busco caso casos chamar chegar claro coisa coisas colocar combate combater
        comecar comparar compartilhar completo comum conhece conhecem conhecer conhecida conhecido conhecimento
        conseguir conselho construir conta contar contato contem continuar convencer corresponde correto crer criar
        cumprir curto dar deixar dentro descrever desenvolver deveria deveriam devo dia dias diferente diferentes
        disponiveis disponivel distintas distintos diz dizer documento documentos efeito efetiva efetivo eficaz
        eficazes elaborar encontrar encontro enfrentar ensinar entrar enviar escrever especialista especialistas
        especialmente esperar estabelecer estou evita evitar exemplo exemplos existe existem existente existentes
        experiencia experiencias explica explicacao explicar facil falar falso faltar favor faz fazem fazer feito
        ficar fim fins fora forma formas forte frente funciona funcionam gente gerais geral gostaria grande grandes
        grupo grupos hora horas ideia ideias igual implementacao implementar importante importantes indica info
        informacao informacoes informar iniciar integrar interessa interessada interessado internacionais
        internacional introduzir ler lidar lista locais local logo longe longo lugar lugares lutar maior mal maneira
        maneiras manter melhor melhora melhorar melhores menor meses minuto minutos modo momento mostrar mostre motivo
        mundo nacionais nacional necessaria necessario necessidade nivel nome normal nota nova novas novo novos numero
        objetivo obrigada obrigado obter oferecem oferecer oficial oi ola olhar ontem organizar pais paises parar
        parecer parte participar particularmente passar passos pedir pensar pequeno perder pergunta perguntas perto
        pessoa pessoas podemos poder poderia poderiam poe ponto pontos possivel poucas poucos pratico precisa precisam
        precisamos precisar preciso preparar primeira primeiro principalmente problema problemas processo procura
        procurando procurar procuro promover propor propria proprias proprio proprios proxima proximo publicar quase
        quer querem querer queria quero questao questoes razao realizar receber recente recentes recomenda recomendar
        recurso recursos reduzir relacionada relacionado relativa relativo responder resposta resultados
        sabe sabem saber sair seguir segunda segundo sei semana semanas sentido sentir similar simples situacao tempo
        situacoes sozinha sozinho talvez tanta tarde tema temas tenha tentar ter terminar tipo tipos titulo tomar
        total trabalha trabalham trabalhando trabalhar trabalho tratamento tratar ultima ultimas ultimo ultimos
        urgente usar uteis util varias varios velho ver verdade verdadeiro vez vida vir vista visto viver voltar
    """,
}

GRAMMAR = frozenset(word for words in _GRAMMAR.values() for word in words.split())
SOFT = frozenset(word for words in _SOFT.values() for word in words.split()) - GRAMMAR


# Endings of forms that the stemmers leave as they are, of verbs above all; for words that are otherwise unknown.
_ENDINGS = """
    s es ed ing er ers ly ment ments
    e er ent ons ez ait aient ant ante ants ee ees
    an en ar ir amos emos imos ando iendo ado ada ados adas ido ida idos idas aba aban mente
    am em endo indo ou ava avam
"""
ENDINGS = frozenset(_ENDINGS.split())
