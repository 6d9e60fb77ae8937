# Answers and closes, as a server does.
use strict;
use warnings;
use IO::Socket::INET;

my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1:8006', Listen => 64, ReuseAddr => 1) or die "port 8006: $!";
while (my $client = $server->accept) {
    print $client "nothing to do\n";
    close $client;
}
